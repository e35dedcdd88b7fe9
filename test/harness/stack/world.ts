import { join } from 'node:path';
import pg from 'pg';
import { Portal, type Job } from '../../../local/demo/portal.ts';
import { readSheet, type SheetRow } from '../../../local/demo/sheet.ts';
import { waitUntil } from '../../../local/process/waitUntil.ts';
import type { Stack } from '../../../local/stack/index.ts';
import { EventRoute } from './events.ts';
import { Executions } from './executions.ts';
import { GoogleControls } from './google.ts';
import { startTestStack } from './testStack.ts';

/** A guard against hanging, in milliseconds; what is waited for takes seconds. */
const GUARD = 120_000;

/** A stack of its own, a teacher signed in, and the ways to disturb it. */
export interface World {
  readonly stack: Stack;
  readonly teacher: Portal;
  readonly google: GoogleControls;
  readonly events: EventRoute;
  readonly executions: Executions;
  /** Adds a material with this title. */
  readonly add: (title: string) => Promise<Added>;
  /** Waits until the job is as `is` says. */
  readonly until: (id: string, what: string, is: (job: Job) => boolean) => Promise<Job>;
  /** Waits until the job has ended. */
  readonly ended: (id: string) => Promise<Job>;
  /** Waits until the sheet shows the analysis of each material; gives the rows with its title. */
  readonly analysedRows: (added: readonly Added[]) => Promise<SheetRow[]>;
  /** Ends the lease of a job's claim now: fifteen minutes have passed without a report. */
  readonly endLease: (id: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export type Added = Awaited<ReturnType<Portal['addMaterial']>>;

/** Starts a stack with an empty state folder of its own, on any free ports. */
export async function startWorld(project: string): Promise<World> {
  const stack = await startTestStack(project, 'test-stack', {
    apiEntry: join(project, 'test', 'harness', 'stack', 'portalProcess.ts'),
  });
  const { facts } = stack;
  const teacher = await Portal.signIn(facts, 'sari@sekolah.sch.id');
  const until: World['until'] = (id, what, is) =>
    waitUntil(
      async () => {
        const job = await teacher.job(id);
        return is(job) && job;
      },
      { what: `job ${id} to be ${what}`, within: GUARD },
    );
  return {
    stack,
    teacher,
    google: new GoogleControls(facts.google?.url ?? ''),
    events: new EventRoute(facts),
    executions: await Executions.open(facts.n8n.url, await stack.n8n.signIn()),
    add: (title) => teacher.addMaterial(material(title)),
    until,
    ended: (id) => until(id, 'ended', ({ status }) => status !== 'PROCESSING'),
    analysedRows: (added) => analysedRows(stack, added),
    endLease: (id) => endLease(facts.databaseUrl, id),
    stop: stack.stop,
  };
}

async function endLease(databaseUrl: string, id: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query('update jobs set lease_until = now(), next_at = now() where id = $1', [id]);
  } finally {
    await client.end();
  }
}

function material(title: string) {
  return {
    subject: 'IPA',
    title,
    description:
      'Air laut menguap karena panas matahari, uapnya naik dan mendingin menjadi awan, lalu turun ' +
      'sebagai hujan. Peserta didik menggambar daur air dan menjelaskan tiap tahapnya.',
    type: 'Modul',
    level: 'Fase D',
    theme: 'Bumi dan antariksa',
    subtheme: 'Daur air',
  };
}

/** Rows are found by title, so that a second one of the same material would be seen. */
async function analysedRows({ facts }: Stack, added: readonly Added[]): Promise<SheetRow[]> {
  const titles = new Set(added.map(({ material: { title } }) => title));
  const ids = added.map(({ material: { id } }) => id);
  return waitUntil(
    async () => {
      const rows = (await readSheet(facts)).filter(({ title }) => titles.has(title));
      const shown = (id: string) => rows.some((row) => row.id === id && row.aiSummary !== '');
      return ids.every(shown) && rows;
    },
    { what: 'the sheet to show the analyses', within: GUARD, every: 250 },
  );
}
