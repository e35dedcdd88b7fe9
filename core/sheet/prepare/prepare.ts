import {
  matchHeader,
  materialRows,
  PrepareError,
  proposeMapping,
  type Decisions,
  type Mapping,
} from '../../material/index.ts';
import { readPatiently } from '../../google/index.ts';
import { planBatch } from '../batch/index.ts';
import { locate, readSnapshot, sendBatch, type FindHeader } from '../catalog/index.ts';
import { writeAll, type Found, type LandedBatch, type Work } from '../direct/loop.ts';
import type { DirectHost } from '../direct/host.ts';
import type { SheetState, Plan, Snapshot } from '../journal/index.ts';
import { applyLayout, type PrepareTransport } from './applyLayout.ts';
import { headerPlan, NOTHING } from './headerPlan.ts';
import { preparation, type Preparation } from './preparation.ts';

/** A sheet that is to be prepared. */
export interface SheetToPrepare {
  readonly host: DirectHost;
  readonly transport: PrepareTransport;
  /** The tab's exact title. */
  readonly tab: string;
  readonly decisions: Decisions;
}

/**
 * Finds what preparing a sheet would change. It writes nothing and takes three requests.
 *
 * @throws HeaderError if no header row is found, PrepareError if a decision does not fit the sheet,
 *   SheetError as the transport does
 */
export async function inspectSheet(sheet: SheetToPrepare): Promise<Preparation> {
  return (await inspect(sheet)).found;
}

async function inspect(sheet: SheetToPrepare) {
  const { host, transport, tab } = sheet;
  const snapshot = await readPatiently(host, () => readTab(sheet, looseHeader(sheet)));
  const layout = await readPatiently(host, () => transport.layout(tab));
  return { found: preparation(snapshot, mappingOf(snapshot, sheet), layout), snapshot };
}

/**
 * Prepares a sheet: renames the headers that the person named, and adds missing columns, ids, a
 * frozen header and drop-downs. It moves and overwrites nothing else. A second run changes nothing.
 *
 * @returns what was found before and is done now, and the rows that got no id
 * @throws PrepareError with every open question, before anything is written
 * @throws HeaderError, SheetError as inspectSheet; the next run continues what was written
 */
export async function prepareSheet(sheet: SheetToPrepare): Promise<Preparation> {
  const { host } = sheet;
  const { found, snapshot: first } = await inspect(sheet);
  if (found.questions.length > 0) {
    const names = found.columns.filter(({ state }) => state === 'open').map(({ name }) => name);
    throw new PrepareError(
      `"${found.tab}" cannot be prepared before you say what is meant by ${names.join(', ')} ` +
        '(see the dry run). Nothing was written.',
    );
  }
  const seen = first.titles.texts.filter((text) => text !== '');
  const readLoosely = () => readTab(sheet, looseHeader(sheet, seen));
  await writePlans(sheet, readLoosely, headerWork(sheet, seen), null);
  const readStrictly = () => readTab(sheet, matchHeader);
  const notKept = await writePlans(sheet, readStrictly, idWork(host), new Set<number>());
  await applyLayout(sheet, readStrictly);
  return { ...found, rowsWithoutId: [...notKept].map((row) => row + 1) };
}

async function writePlans<State>(
  { host, transport, tab }: SheetToPrepare,
  read: () => Promise<Snapshot>,
  work: Pick<Work<State>, 'next' | 'settle'>,
  start: State,
): Promise<State> {
  const sheet = {
    read,
    shape: () => transport.shape(tab),
    write: (plan: Plan, sheetState: SheetState) => sendBatch(transport, plan, sheetState),
  };
  // Only a read shows that nothing is left. Texts that no row can get back stay in the journal.
  const whole: Work<State> = { ...work, isDone: () => false, record: (state) => state };
  const first = await readPatiently(host, read);
  const { state, failure } = await writeAll({ sheet, host, work: whole }, start, first);
  if (failure !== null) throw failure;
  return state;
}

function headerWork(sheet: SheetToPrepare, seen: readonly string[]) {
  return {
    next: (state: null, { snapshot }: Found) => ({
      state,
      plan: headerPlan(sheet.host.newId(), snapshot, mappingOf(snapshot, sheet, seen)),
    }),
    settle: (state: null) => state,
  };
}

/** Its state are the rows in which Google did not keep an id, as under a merged cell. */
function idWork(host: DirectHost) {
  return {
    next: (state: ReadonlySet<number>, { snapshot, skipped }: Found) => {
      const { header, rows } = snapshot;
      const materials = header === null ? [] : materialRows(rows, header).materials;
      const cells = materials
        .filter(({ row, id }) => id === null && !state.has(row) && !skipped.has(row))
        .map(({ row }) => {
          const id = host.newId();
          return { row, materialId: id, field: 'id' as const, value: id, revision: 0 };
        });
      return { state, plan: planBatch(host.newId(), snapshot, { ...NOTHING, cells }) };
    },
    settle: (state: ReadonlySet<number>, { outcome }: LandedBatch) => {
      const lost = outcome.cells.filter(({ isKept }) => !isKept).map(({ cell }) => cell.row);
      return new Set([...state, ...lost]);
    },
  };
}

async function readTab({ transport, tab }: SheetToPrepare, find: FindHeader): Promise<Snapshot> {
  return readSnapshot(transport, await locate(transport, tab), find);
}

/** @param seen the header's texts at the first read; they find its row again */
function looseHeader({ decisions }: SheetToPrepare, seen: readonly string[] = []): FindHeader {
  return (rows, tab) => proposeMapping(rows, tab, decisions, seen).current;
}

/** Null: the tab is empty. */
function mappingOf(
  { header, rows }: Snapshot,
  { tab, decisions }: SheetToPrepare,
  seen: readonly string[] = [],
): Mapping | null {
  return header === null ? null : proposeMapping(rows, tab, decisions, seen);
}
