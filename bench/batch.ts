/**
 * `npm run bench:batch`: 500 materials added by 500 requests, ten at a time, and by one batch, in turns in
 * the same run; then 500 updates and 500 items that find their materials by title. The CPU time is that
 * of the API and of its client here, without PostgreSQL's.
 */
import * as z from 'zod/v4';
import { SERVICE_KEY, someMaterial, startHarness } from '../test/harness/portal.ts';
import startPostgres from '../test/harness/postgres/start.ts';
import stopPostgres from '../test/harness/postgres/stop.ts';
import { printTable } from './table.ts';

const ITEMS = 500;
const AT_ONCE = 10;
const ROUNDS = 3;

const answerSchema = z.looseObject({
  results: z.array(z.looseObject({ material: z.looseObject({ id: z.string() }) })),
});

interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1_000 };
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

await startPostgres({ rootDir: process.cwd() });
const harness = await startHarness();
const costs = new Map<string, Cost[]>();
try {
  const send = async (path: string, body: unknown) => {
    const answer = await harness.request('POST', path, { token: SERVICE_KEY, body });
    if (answer.status >= 300) throw new Error(`${path} answers ${answer.status}.`);
    return answer.body;
  };
  const batch = (items: readonly unknown[], more: object = {}) =>
    send('/api/materials/batch', { items, ...more });
  const titles = (round: number, of: string) =>
    Array.from({ length: ITEMS }, (_, n) => `${of} ${round} ${n}`);
  const oneByOne = async (left: string[]) => {
    for (let title = left.pop(); title !== undefined; title = left.pop()) {
      await send('/api/materials', someMaterial({ title }));
    }
  };
  /** Dispatch would go on with what was written before; its time is not the next one's. */
  const clear = async () => {
    await harness.db.deleteFrom('jobs').execute();
    await harness.db.deleteFrom('materialUpdates').execute();
  };
  const add = async (name: string, work: () => Promise<unknown>) => {
    await clear();
    costs.set(name, [...(costs.get(name) ?? []), await costOf(work)]);
  };

  for (let round = 0; round < ROUNDS; round += 1) {
    const left = titles(round, 'Satu');
    await add('500 requests', () =>
      Promise.all(Array.from({ length: AT_ONCE }, () => oneByOne(left))),
    );
    const together = titles(round, 'Bersama');
    let ids: string[] = [];
    await add('a batch of 500 creates', async () => {
      const material = (title: string) => someMaterial({ title });
      const answer = await batch(
        together.map((title) => ({ operation: 'create', material: material(title) })),
      );
      ids = answerSchema.parse(answer).results.map((result) => result.material.id);
    });
    await add('a batch of 500 updates', () =>
      batch(ids.map((id) => ({ operation: 'update', id, material: { theme: 'Air' } }))),
    );
    await add('the same, by title', () =>
      batch(
        together.map((title) => ({ operation: 'update', material: { title, theme: 'Api' } })),
        { matchBy: ['title'] },
      ),
    );
  }
} finally {
  await harness.stop();
  await stopPostgres();
}
const of = (name: string) => {
  const measured = costs.get(name) ?? [];
  return {
    ms: median(measured.map(({ ms }) => ms)),
    cpuMs: median(measured.map((one) => one.cpuMs)),
  };
};
const single = of('500 requests');
printTable(
  ['added or updated by', 'ms', 'CPU ms', 'times faster', 'times less CPU'],
  [...costs.keys()].map((name) => {
    const { ms, cpuMs } = of(name);
    const ratios = [single.ms / ms, single.cpuMs / cpuMs].map((ratio) => ratio.toFixed(1));
    return [name, ms.toFixed(0), cpuMs.toFixed(0), ...ratios];
  }),
);
