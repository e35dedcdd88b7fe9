import { matchHeader } from '../../material/index.ts';
import { cellText } from '../cell.ts';
import { readPatiently, waitTurn, type DirectHost } from '../direct/patience.ts';
import { planBatch } from '../plan.ts';
import type { Plan } from '../planned.ts';
import { materialRows } from '../rows.ts';
import { locate, readSnapshot, type FindHeader } from '../read.ts';
import type { Snapshot } from '../snapshot.ts';
import { SheetError, type SheetTransport } from '../transport.ts';
import { PrepareError, type Decisions } from './decisions.ts';
import { headerPlan, NOTHING } from './headerPlan.ts';
import {
  clearRule,
  layoutChange,
  layoutRequests,
  LIST_FIELDS,
  listedRows,
  type TabLayout,
} from './layout.ts';
import { proposeMapping, type Mapping } from './mapping.ts';
import { preparation, type Preparation } from './preparation.ts';
import { mayPass, writeInRounds } from './rounds.ts';

/** The Sheets calls that preparing needs beside the catalog's. */
export interface PrepareTransport extends SheetTransport {
  /** `spreadsheets.get` with LAYOUT_FIELDS and the tab as `ranges` (see parseLayout). */
  layout(tab: string): Promise<TabLayout>;
}

/** A sheet that is to be prepared. */
export interface SheetToPrepare {
  readonly host: DirectHost;
  readonly transport: PrepareTransport;
  /** By its exact title. */
  readonly tab: string;
  readonly decisions: Decisions;
  /** The header's texts as read before the first write; while preparing, its row is found by them. */
  readonly headerSeen?: readonly string[];
}

/**
 * What preparing a sheet would change; writes nothing. Three requests.
 *
 * @throws HeaderError if no header row is found, PrepareError if a decision does not fit the sheet,
 *   SheetError as the transport does
 */
export async function inspectSheet(sheet: SheetToPrepare): Promise<Preparation> {
  return (await inspect(sheet)).found;
}

async function inspect(sheet: SheetToPrepare) {
  const { host, transport, tab } = sheet;
  const snapshot = await readPatiently(host, () => readTab(sheet));
  const layout = await readPatiently(host, () => transport.layout(tab));
  return { found: preparation(snapshot, mappingOf(snapshot, sheet), layout), snapshot };
}

/**
 * Prepares a sheet: headers the person asked to be renamed, columns that are missing, ids, a frozen
 * header and drop-downs. Nothing that stands there is moved or written over; rows that are no
 * materials stay. Doing it again changes nothing more.
 *
 * @returns what was found before and is done now
 * @throws PrepareError with every question that is open, before anything is written
 * @throws HeaderError, SheetError as inspectSheet; what was written by then stands, and the next run
 *   goes on from there
 */
export async function prepareSheet(sheet: SheetToPrepare): Promise<Preparation> {
  const { host, transport } = sheet;
  const { found, snapshot: first } = await inspect(sheet);
  if (found.questions.length > 0) {
    const names = found.columns.filter(({ state }) => state === 'open').map(({ name }) => name);
    throw new PrepareError(
      `"${found.tab}" cannot be prepared before you say what is meant by ${names.join(', ')} ` +
        '(see the dry run). Nothing was written.',
    );
  }
  const followed: SheetToPrepare = { ...sheet, headerSeen: headerTexts(first) };
  const nextHeader = (snapshot: Snapshot) =>
    headerPlan(host.newId(), snapshot, mappingOf(snapshot, followed));
  await writeInRounds(host, transport, () => readTab(followed), nextHeader);

  const readStrictly = () => readTab(sheet, matchHeader);
  const nextIds = (snapshot: Snapshot) => idPlan(snapshot, host);
  await writeInRounds(host, transport, readStrictly, nextIds);

  await layOut(sheet, readStrictly);
  return found;
}

async function readTab(sheet: SheetToPrepare, find?: FindHeader): Promise<Snapshot> {
  const loosely: FindHeader = (rows, tab) =>
    proposeMapping(rows, tab, sheet.decisions, sheet.headerSeen).standing;
  const location = await locate(sheet.transport, sheet.tab);
  return readSnapshot(sheet.transport, location, find ?? loosely);
}

/** Null: the tab is empty. */
function mappingOf({ header, rows }: Snapshot, sheet: SheetToPrepare): Mapping | null {
  const { tab, decisions, headerSeen } = sheet;
  return header === null ? null : proposeMapping(rows, tab, decisions, headerSeen);
}

function headerTexts({ header, rows }: Snapshot): string[] {
  return (rows[header?.row ?? 0] ?? []).map(cellText).filter((text) => text !== '');
}

function idPlan(snapshot: Snapshot, host: DirectHost): Plan | null {
  if (snapshot.header === null) return null;
  const { materials } = materialRows(snapshot.rows, snapshot.header);
  const cells = materials.flatMap(({ row, id }) => {
    if (id !== null) return [];
    const materialId = host.newId();
    return [{ row, materialId, field: 'id' as const, value: materialId, revision: 0 }];
  });
  return planBatch(host.newId(), snapshot, { ...NOTHING, cells });
}

/**
 * Freezes and adds drop-downs, by a batch that may be repeated. It holds no cells, so no carbon copy
 * tells where it landed: the layout is read again, and a list that came to stand on another column
 * or on the header, because people had moved them in between, is taken away.
 */
async function layOut(sheet: SheetToPrepare, read: () => Promise<Snapshot>): Promise<void> {
  const { host, transport, tab } = sheet;
  const look = async () => {
    const snapshot = await readPatiently(host, read);
    return { snapshot, layout: await readPatiently(host, () => transport.layout(tab)) };
  };
  const first = await look();
  const listedBefore = listedHeaders(first.snapshot, first.layout);
  let { snapshot, layout } = first;
  for (let tries = 0; ; tries += 1) {
    const { header, location } = snapshot;
    if (header === null) return;
    const strays = [...listedRows(layout)].flatMap(([column, { field, rows }]) => {
      if (header.columns[field] === column) {
        return clearRule(
          location.sheetId,
          column,
          rows.filter((row) => row <= header.row),
        );
      }
      const isOlder = listedBefore.has(cellText(snapshot.rows[header.row]?.[column]));
      return isOlder ? [] : clearRule(location.sheetId, column, rows);
    });
    const requests = [
      ...strays,
      ...layoutRequests(layoutChange(snapshot, layout, header), location.sheetId),
    ];
    if (requests.length === 0) return;
    if (tries >= host.attempts) {
      throw new SheetError(
        'unknown',
        `The header of "${tab}" was frozen and drop-downs were added, but Google does not show them. ` +
          'Look at the sheet, and run this again.',
      );
    }
    try {
      await transport.write(requests);
    } catch (error) {
      if (!(error instanceof SheetError) || !mayPass(error)) throw error;
      if (!(await waitTurn(host, tries))) {
        throw new SheetError(
          error.kind,
          `Columns and ids of "${tab}" are there, but Google did not freeze the header and add the ` +
            `drop-downs: ${error.message}`,
          { cause: error },
        );
      }
    }
    ({ snapshot, layout } = await look());
  }
}

/** Headers of the columns that carry one of our lists already, theirs or not. */
function listedHeaders({ header, rows }: Snapshot, layout: TabLayout): ReadonlySet<string> {
  if (header === null) return new Set();
  const own = new Set(LIST_FIELDS.map((field) => header.columns[field]));
  return new Set(
    [...listedRows(layout).keys()]
      .filter((column) => !own.has(column))
      .map((column) => cellText(rows[header.row]?.[column])),
  );
}
