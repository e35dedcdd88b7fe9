import { expect, it } from '@jest/globals';
import { isRedisInstalled } from '../harness/redisServer.ts';
import { runOutages } from './outages.ts';

/** A killed instance comes first: what it had taken is free again after 30 s, and the other faults happen meanwhile. */
const INSTANCES = ['instance killed', 'instance stopped'];
const REDIS = ['Redis killed', 'Redis frozen'];
const OTHERS = ['PostgreSQL stopped', 'PostgreSQL crashed', 'PostgreSQL frozen', 'n8n refuses'];

it('loses no accepted request, and answers at worst 503, while each part fails under load', async () => {
  // On CI nothing is left out.
  const redis = isRedisInstalled() || process.env['CI'] !== undefined ? REDIS : [];
  const report = await runOutages({
    order: [...INSTANCES, ...redis, ...OTHERS],
    seed: 1,
    perSecond: 30,
    faultMs: 0,
    lengthMs: 0,
    restsBetween: false,
  });
  expect(report.faults).toEqual([]);
  const phase = (name: string) => report.rows.find((row) => row.name === name);
  for (const name of ['PostgreSQL stopped', 'PostgreSQL crashed']) {
    expect(phase(name)?.unavailable).toBeGreaterThan(0);
    expect(phase(name)?.done).toBeGreaterThan(0);
  }
}, 600_000);
