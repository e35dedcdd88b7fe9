/**
 * `npm run bench:main-job`, beside a running `npm start`: from POST to COMPLETED, one material after
 * the other, with n8n's own share, and the memory of each process.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/v4-mini';
import { Portal } from '../local/demo/portal.ts';
import { N8nClient } from '../local/n8n/index.ts';
import { readStackFacts } from '../local/stack/index.ts';
import { memoryTable, printTable, spread } from './table.ts';

const JOBS = 20;
/** How often the job is looked at, in ms: what is measured is at most this too long. */
const LOOK_EVERY = 5;

const state = join(import.meta.dirname, '..', '.local');
const facts = readStackFacts(state);
if (facts === undefined) {
  console.error('No stack is running. Start one with npm start, and wait until it is ready.');
  process.exit(1);
}

const executionSchema = z.object({ startedAt: z.string(), stoppedAt: z.string() });
const teacher = await Portal.signIn(facts, 'sari@sekolah.sch.id');
const n8n = await N8nClient.signIn(facts.n8n.url, facts.n8n.email, facts.n8n.password);

/** One material, from before its POST to when its job is seen to have ended; in ms. */
async function measure(number: number) {
  const start = performance.now();
  const { job } = await teacher.addMaterial({
    subject: 'IPA',
    title: `Daur air, pengukuran ${number}`,
    description: `Bacaan ke-${number} tentang penguapan, awan dan hujan, dengan soal bertingkat.`,
    type: 'Artikel',
    level: 'Fase C',
    theme: 'Bumi',
    subtheme: 'Daur air',
  });
  const posted = performance.now() - start;
  for (;;) {
    const { status, executionId } = await teacher.job(job.id);
    if (status === 'FAILED') throw new Error(`Job ${job.id} failed.`);
    if (status === 'COMPLETED') return { posted, total: performance.now() - start, executionId };
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}

/** What n8n itself says the execution took, in ms. */
async function executionTime(id: string): Promise<number> {
  for (;;) {
    const found = await n8n.find(executionSchema, `/executions/${id}`).catch(() => undefined);
    if (found !== undefined) return Date.parse(found.stoppedAt) - Date.parse(found.startedAt);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

await measure(0); // n8n loads a workflow's nodes on its first run
const runs: (Awaited<ReturnType<typeof measure>> & { inN8n: number })[] = [];
for (let number = 1; number <= JOBS; number += 1) {
  const run = await measure(number);
  runs.push({ ...run, inN8n: await executionTime(run.executionId ?? '') });
}

const row = (name: string, of: (run: (typeof runs)[number]) => number) => [
  name,
  ...spread(runs.map(of)),
];
printTable(
  [`${JOBS} materials, ms`, 'median', 'max'],
  [
    row('POST answered', ({ posted }) => posted),
    row('n8n ran the workflow', ({ inN8n }) => inN8n),
    row('POST to COMPLETED', ({ total }) => total),
  ],
);
const processesSchema = z.array(z.object({ name: z.string(), pid: z.number() }));
printTable(
  ['process', 'MB', 'MB at most'],
  memoryTable(
    z.parse(processesSchema, JSON.parse(readFileSync(join(state, 'processes.json'), 'utf8'))),
  ),
);
