/**
 * `npm run bench:api`: the API beside a bare node:http server and a plain Express + pg one, in turns in
 * the same run, with 100,000 materials. Each is a process of its own with 32 keep-alive connections. The
 * CPU time is that of the server's process, without PostgreSQL's. A ratio is the CPU time of node:http
 * divided by that of the server, for a request.
 *
 * `--minutes=10` also sends half of the most requests for so long, and prints the memory.
 */
import { parseArgs } from 'node:util';
import { testDatabase } from '../test/harness/database.ts';
import startPostgres from '../test/harness/postgres/start.ts';
import stopPostgres from '../test/harness/postgres/stop.ts';
import { Connection, sendAtMost, sendAtRate, type Next } from './api/load.ts';
import { endJobs, fill, requestsOf, SEARCHES } from './api/requests.ts';
import { cpuMsOf, startApi, startBare, startPlain, type Server } from './api/servers.ts';
import { memoryTable, printTable, spread } from './table.ts';

const CONNECTIONS = 32;
/** The compiler of V8 needs some thousand requests. */
const WARM_UP = { connections: CONNECTIONS, ms: 1_500, atLeast: 2_000 };
const ROUND = { connections: CONNECTIONS, ms: 1_500, atLeast: 500 };
const ROUNDS = 3;
const RATED_MS = 15_000;
const SEARCH_ROUNDS = 5;
const LIMIT = 50;

/** What the API is to reach: the ratio to node:http; for a create, the ratio of Express + pg. */
const AIMS: Readonly<Record<string, string>> = {
  'job by id': '0.400',
  'first page of 50': '0.400',
  'later page of 50': '0.400',
  create: 'Express + pg',
};

const { values: options } = parseArgs({
  options: { minutes: { type: 'string', default: '0' }, only: { type: 'string' } },
});

const percentile = (values: readonly number[], percent: number) =>
  values.toSorted((a, b) => a - b)[Math.ceil((values.length * percent) / 100) - 1] ?? 0;

const median = (values: readonly number[]) => percentile(values, 50);

interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
}

/** One round on one server. */
async function costOf(server: Server, next: Next): Promise<Cost> {
  const cpu = cpuMsOf(server);
  const { count, seconds } = await sendAtMost(server.url, next, ROUND);
  return { cpuMs: (cpuMsOf(server) - cpu) / count, perSecond: count / seconds };
}

await startPostgres({ rootDir: process.cwd() });
const database = await testDatabase();
const servers: Server[] = [];
const started = async (server: Promise<Server>) => {
  servers.push(await server);
  return server;
};
try {
  await fill(database);
  const api = await started(startApi(database.url));
  const { nexts, mix, search } = await requestsOf(database, api.url);
  const connection = new Connection(api.url);
  const bodyOf = async (next: Next) => (await connection.send(next())).body.toString();
  const bare = await started(
    startBare({
      'GET /api/jobs/': await bodyOf(nexts['job by id']),
      'GET /api/materials?': await bodyOf(nexts['first page of 50']),
      'POST /api/materials': await bodyOf(nexts.create),
    }),
  );
  await started(startPlain(database.url));
  connection.close();

  const rows: string[][] = [];
  for (const [name, next] of Object.entries(nexts)) {
    if (options.only !== undefined && options.only !== name) continue;
    const costs = new Map<Server, Cost[]>(servers.map((server) => [server, []]));
    for (const server of servers) {
      await sendAtMost(server.url, next, WARM_UP);
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const server of servers) {
        await endJobs(database);
        costs.get(server)?.push(await costOf(server, next));
      }
    }
    const cpuOf = (server: Server) => median((costs.get(server) ?? []).map(({ cpuMs }) => cpuMs));
    for (const server of servers) {
      const ratio = cpuOf(bare) / cpuOf(server);
      const perSecond = median((costs.get(server) ?? []).map((cost) => cost.perSecond));
      const figures = [cpuOf(server).toFixed(3), ratio.toFixed(3), perSecond.toFixed(0)];
      rows.push([name, server.name, ...figures, server === api ? (AIMS[name] ?? '') : '']);
    }
  }
  printTable(['request', 'server', 'CPU ms', 'ratio', 'a second', 'aim'], rows);

  if (options.only === undefined) {
    await endJobs(database);
    const searching = new Connection(api.url);
    const searched: string[][] = [];
    for (const [difficulty, texts] of Object.entries(SEARCHES)) {
      const times: number[] = [];
      for (let round = 0; round <= SEARCH_ROUNDS; round += 1) {
        for (const text of texts) {
          const start = performance.now();
          await searching.send(search(text, LIMIT + round));
          if (round > 0) times.push(performance.now() - start);
        }
      }
      searched.push([difficulty, ...spread(times)]);
    }
    searching.close();
    printTable(
      ['search with facets (aims: 25; 80; typing errors 10)', 'median ms', 'most ms'],
      searched,
    );

    const most = await sendAtMost(api.url, mix, ROUND);
    const perSecond = most.count / most.seconds / 2;
    const rated = { connections: CONNECTIONS, perSecond };
    await endJobs(database);
    const { latencies } = await sendAtRate(api.url, mix, { ...rated, ms: RATED_MS });
    printTable(
      [
        'half of the most requests (aim: 99 % in 50)',
        'a second',
        'median ms',
        '99 % ms',
        'most ms',
      ],
      [
        [
          'jobs, pages, creates',
          perSecond.toFixed(0),
          ...[50, 99, 100].map((percent) => percentile(latencies, percent).toFixed(1)),
        ],
      ],
    );

    const memory: string[][] = [];
    for (let minute = 0; minute < Number(options.minutes); minute += 1) {
      await sendAtRate(api.url, mix, { ...rated, ms: 60_000 });
      await endJobs(database);
      memory.push(...memoryTable([{ name: `after minute ${minute + 1}`, pid: api.pid }]));
    }
    if (memory.length > 0) printTable(['API', 'MB resident', 'MB at most'], memory);
  }
} finally {
  await Promise.all(servers.map((server) => server.stop()));
  await database.drop();
  await stopPostgres();
}
