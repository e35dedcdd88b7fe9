/**
 * `npm run test:outages -- --minutes=10`: the API under load while Redis, PostgreSQL, n8n and instances of
 * the API fail, one after the other and then two at a time. It prints a table, and ends with exit code 1 if
 * a request that was accepted is lost or an answer is wrong.
 *
 * OUTAGES_SEED repeats the random choices of a run.
 */
import { parseArgs } from 'node:util';
import { runOutages, type Row } from './outages.ts';

const MINUTE_MS = 60_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    /** Seconds that each fault lasts. */
    seconds: { type: 'string', default: '10' },
  },
});
const seed = Number(process.env['OUTAGES_SEED'] ?? Date.now() % 1_000_000_000);
const { rows, faults, errors } = await runOutages({
  seed,
  perSecond: 30,
  faultMs: Number(values.seconds) * 1_000,
  lengthMs: Number(values.minutes) * MINUTE_MS,
  restsBetween: true,
});
const seconds = (ms: number | null) => (ms === null ? '' : (ms / 1_000).toFixed(1));
const line = (row: Row) => ({
  fault: row.name,
  requests: row.requests,
  '2xx': row.done,
  503: row.unavailable,
  other: row.other,
  lost: row.lost,
  'answers after s': seconds(row.answersAfterMs),
  'whole after s': seconds(row.wholeAfterMs),
});
console.table(rows.map(line));
for (const error of errors.slice(0, 20)) console.log(`logged: ${error.slice(0, 1_000)}`);
for (const fault of faults.slice(0, 100)) console.log(`- ${fault}`);
const sum = (field: 'requests' | 'lost') => rows.reduce((total, row) => total + row[field], 0);
console.log(
  `${sum('requests')} requests, ${sum('lost')} lost, ${faults.length} faults, ` +
    `${errors.length} errors logged (seed ${seed})`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
