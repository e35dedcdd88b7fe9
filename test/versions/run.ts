/**
 * `npm run test:versions -- --before=HEAD~20 --minutes=10`: the version of another commit and this version
 * side by side on one database, under load, as during an update. It prints a table, and ends with exit code
 * 1 if a request fails or is lost.
 */
import { readArguments } from './arguments.ts';
import { checkOut, commitBeforeNewestMigration } from './checkout.ts';
import { newMigrations } from './migrations.ts';
import { runSideBySide } from './sideBySide.ts';

const MINUTE_MS = 60_000;

const { before, minutes } = readArguments(process.argv.slice(2));
const { commit, folder } = checkOut(before ?? commitBeforeNewestMigration());
const migrations = newMigrations('.', folder);
console.log(`The version before is ${commit}.`);
for (const { name, letsBeforeRun } of migrations) {
  console.log(
    `Migration ${name}: the version before ${letsBeforeRun ? 'can' : 'cannot'} run beside it.`,
  );
}
if (migrations.some(({ letsBeforeRun }) => !letsBeforeRun)) {
  console.log('So the two versions do not run side by side. Choose a later commit.');
  process.exit(1);
}

const { unknown, phases, faults, errors } = await runSideBySide(folder, minutes * MINUTE_MS);
if (unknown.length > 0) console.log(`It does not know: ${unknown.join(', ')}.`);
console.table(
  phases.map(({ name, requests, done, unavailable, other, lost }) => ({
    phase: name,
    requests,
    '2xx': done,
    '5xx': unavailable,
    other,
    lost,
  })),
);
for (const error of errors.slice(0, 20)) console.log(`logged: ${error.slice(0, 1_000)}`);
for (const fault of faults.slice(0, 100)) console.log(`- ${fault}`);
const requests = phases.reduce((sum, phase) => sum + phase.requests, 0);
console.log(`${requests} requests, ${faults.length} faults, ${errors.length} errors logged`);
process.exitCode = faults.length === 0 ? 0 : 1;
