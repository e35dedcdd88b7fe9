/**
 * `npm run test:fuzz`: 20,000 requests that nobody has seen, made from the API's OpenAPI document. It
 * prints how often each operation answered with each status. It ends with exit code 1 if an answer does not
 * fit the document.
 *
 * FUZZ_SEED and FUZZ_PATH, as a failure prints them, send that request again. FUZZ_RUNS changes how many
 * there are.
 */
import start from '../harness/postgres/start.ts';
import stop from '../harness/postgres/stop.ts';
import { fuzz } from './index.ts';

const { env } = process;
const seed = Number(env['FUZZ_SEED'] ?? Date.now() % 1_000_000_000);
const runs = Number(env['FUZZ_RUNS'] ?? 20_000);
const began = Date.now();

await start({ rootDir: process.cwd() });
try {
  const { answers, failure } = await fuzz({ seed, runs, path: env['FUZZ_PATH'] });
  let sent = 0;
  for (const [operation, statuses] of [...answers].sort()) {
    const counts = [...statuses].sort(([one], [other]) => one - other);
    sent += counts.reduce((sum, [, count]) => sum + count, 0);
    console.log(operation, counts.map(([status, count]) => `${status}×${count}`).join(' '));
  }
  if (failure !== null) {
    console.log(`\nFUZZ_SEED=${failure.seed} FUZZ_PATH=${failure.path} npm run test:fuzz\n`);
    console.log(JSON.stringify(failure.request));
    for (const fault of failure.faults) console.log(`- ${fault}`);
  }
  const seconds = Math.round((Date.now() - began) / 1_000);
  const faults = failure === null ? 0 : 1;
  console.log(`${sent} requests, ${faults} faults, ${seconds} seconds (seed ${seed})`);
  process.exitCode = faults;
} finally {
  await stop();
}
