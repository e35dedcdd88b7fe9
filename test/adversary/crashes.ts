import { spawn } from 'node:child_process';
import fc from 'fast-check';
import type { CrashOrder } from '../harness/crashingSync.ts';
import type { TestDatabase } from '../harness/database.ts';
import { emptyTables, HEADER, startHarness, TAB, type Harness } from '../harness/sync.ts';
import { PortalWriter } from './portal.ts';
import { Tokens } from './tokens.ts';

export interface Crashes {
  /** How many processes ended by SIGKILL. */
  readonly killed: number;
  /** What was lost or doubled. */
  readonly problems: readonly string[];
}

interface Plan extends Pick<CrashOrder, 'point' | 'batch'> {
  readonly isPasted: boolean;
}

const plan: fc.Arbitrary<Plan> = fc.record({
  point: fc.constantFrom('committed' as const, 'accepted' as const, 'read' as const),
  batch: fc.integer({ min: 1, max: 2 }),
  isPasted: fc.boolean(),
});

/** At most so many processes are started for each that is to be killed: some end before their point. */
const STARTS_PER_KILL = 2;

/** Starts processes that kill themselves while they sync one sheet, one after the other. */
export async function crash(
  { db, url: databaseUrl }: TestDatabase,
  script: string,
  { kills, seed }: { kills: number; seed: number },
): Promise<Crashes> {
  await emptyTables(db);
  const harness = await startHarness(db, [
    HEADER,
    ['IPA', 'Satu', 'Tentang satu', 'Video', 'Fase C'],
  ]);
  try {
    const { url, serviceAccount } = harness.google;
    const { spreadsheetId } = harness;
    const google = { serviceAccount, spreadsheetId, tab: TAB, rootUrl: url };
    const expected: Row[] = [{ title: 'Satu', description: 'Tentang satu', summary: '' }];
    let killed = 0;
    const plans = fc.sample(plan, { numRuns: kills * STARTS_PER_KILL, seed });
    for (const [at, { point, batch, isPasted }] of plans.entries()) {
      if (killed === kills) break;
      const summary = at % 3 === 0 ? `Ringkasan ${at}.` : '';
      const added = { title: `Baru ${at}.`, description: '', summary };
      const id = await harness.add(added.title);
      if (summary !== '') await harness.analysed(id, summary);
      const pasted = { title: `Tempel ${at}.`, description: `Tentang ${at}.`, summary: '' };
      const cells = { A: 'IPA', B: pasted.title, C: pasted.description, D: 'Video' };
      const paste = { url: `${url}/stand-in/spreadsheets/${spreadsheetId}`, cells };
      const order = { databaseUrl, google, tab: TAB, point, batch, paste: isPasted ? paste : null };
      if ((await run(script, order)) === 'SIGKILL') killed += 1;
      const isThere = isPasted && (await titles(harness)).includes(pasted.title);
      expected.push(added, ...(isThere ? [pasted] : []));
    }
    await harness.instance().settle();
    const records = await new PortalWriter(db, new Tokens()).records();
    return { killed, problems: problemsOf(await harness.rows(), expected, records.texts) };
  } finally {
    await harness.stop();
  }
}

/** Runs the process to its end. @returns the signal that ended it, if one did */
function run(script: string, order: CrashOrder): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [script, JSON.stringify(order)], { stdio: 'ignore' });
  return new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)));
}

interface Row {
  readonly title: string;
  readonly description: string;
  readonly summary: string;
}

const column = (name: string) => HEADER.indexOf(name);

async function titles(harness: Harness): Promise<unknown[]> {
  return (await harness.rows()).map((cells) => cells[column('MATERIAL_TITLE')]);
}

function problemsOf(
  [, ...rows]: unknown[][],
  expected: readonly Row[],
  recorded: ReadonlySet<string>,
): string[] {
  const text = (cells: readonly unknown[], name: string) => {
    const cell = cells[column(name)];
    return typeof cell === 'string' ? cell : '';
  };
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
  const byTitle = Map.groupBy(filled, (cells) => text(cells, 'MATERIAL_TITLE'));
  const ids = new Set(filled.map((cells) => text(cells, 'MATERIAL_ID')));
  const problems = ids.size < filled.length ? ['an id is in two rows, or missing'] : [];
  for (const { title, description, summary } of expected) {
    const found = byTitle.get(title) ?? [];
    const [cells = []] = found;
    const pairs = [
      [description, text(cells, 'MATERIAL_DESC')],
      [summary, text(cells, 'AI_SUMMARY')],
    ] as const;
    if (found.length !== 1) problems.push(`"${title}" is in ${found.length} rows`);
    for (const [wanted, is] of pairs) {
      if (wanted === is || (wanted !== '' && recorded.has(wanted))) continue;
      problems.push(`"${title}" has "${is}" in place of "${wanted}"`);
    }
  }
  if (filled.length !== expected.length) {
    problems.push(`${filled.length} rows in place of ${expected.length}`);
  }
  return problems;
}
