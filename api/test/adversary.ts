import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  HeaderError,
  materialId,
  openSheet,
  SheetError,
  writeMaterials,
  type MaterialId,
} from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { VanishedError } from '../sync/vanish.ts';
import { TAB, type Bench } from './syncBench.ts';

/** What people and nodes do to the sheet; rows from 1 below the header, columns from 0. */
export type Deed =
  | { kind: 'insertRow' | 'deleteRow' | 'copyRow' | 'insertColumn'; at: number }
  | { kind: 'sort'; isDescending: boolean }
  | { kind: 'moveColumn'; from: number; to: number }
  | { kind: 'type'; row: number; header: string }
  | { kind: 'rename' | 'direct' | 'other' | 'crash' };

export interface Fault {
  readonly kind: 'status' | 'reset';
  readonly status?: number;
  readonly when: 'before' | 'after';
}

export type Step =
  | { kind: 'add' }
  | { kind: 'analyse'; which: number }
  | { kind: 'deed'; deed: Deed }
  | { kind: 'cycle'; instance: 0 | 1; behind: Deed | null; fault: Fault | null };

const RENAMED = { from: 'MATERIAL_THEME', to: 'Dinamai lain' };

/**
 * Two instances of the API, people and nodes on one sheet, and the account of what must be found in
 * the end: every material once, and every text in the sheet, in a conflict or in the history.
 */
export class Adversary {
  readonly #db: Kysely<Database>;
  readonly #bench: Bench;
  readonly #instances: ReturnType<Bench['instance']>[];
  readonly #added: MaterialId[] = [];
  /** Titles of rows that must stand once; from the node runs that reported success. */
  readonly #direct: string[] = [];
  /** Titles of rows that people deleted or copied: how often they stand is people's doing. */
  readonly #touched = new Set<string>();
  readonly #texts = new Set<string>();
  readonly #summaries = new Map<MaterialId, string>();
  #count = 0;

  /** @param isConfirming false: the instances take every write for what it was planned to be */
  constructor(db: Kysely<Database>, bench: Bench, isConfirming: boolean) {
    this.#db = db;
    this.#bench = bench;
    const start = isConfirming ? bench.instance : bench.credulous;
    this.#instances = [start(), start()];
  }

  async play(step: Step): Promise<void> {
    switch (step.kind) {
      case 'add':
        this.#added.push(await this.#bench.add(`Baru ${this.#added.length}`));
        return;
      case 'analyse':
        return this.#analyse(step.which);
      case 'deed':
        if (step.deed.kind !== 'crash') await this.#do(step.deed, 0);
        return;
      case 'cycle':
        return this.#cycle(step);
    }
  }

  /** Lets everything come to rest. @returns what was lost or doubled */
  async rest(): Promise<{ problems: string[] }> {
    await this.#giveNameBack();
    await this.#db.updateTable('catalog_state').set({ confirmed_at: new Date() }).execute();
    const last = this.#bench.instance();
    await last.settle();
    // A row counts as deleted when a second cycle has not found it either.
    await last.cycle();
    const problems: string[] = [];
    const [header = [], ...rows] = await this.#bench.rows();
    const cell = (cells: readonly unknown[], name: string) => {
      const found = cells[header.indexOf(name)];
      return typeof found === 'string' ? found : '';
    };
    const materials = rows.filter((cells) => cell(cells, 'MATERIAL_TITLE') !== '');

    const ids = materials.map((cells) => cell(cells, 'MATERIAL_ID'));
    if (new Set(ids).size < ids.length) problems.push('an id stands twice');
    const shown = await this.#bench.shown();
    for (const id of shown) if (!ids.includes(id)) problems.push(`${id} is shown, and has no row`);
    for (const id of ids)
      if (!shown.includes(id)) problems.push(`${id} has a row, and is not shown`);

    const mine = [...this.#added.map((_, index) => `Baru ${index}`), ...this.#direct];
    for (const title of mine.filter((one) => !this.#touched.has(one))) {
      const found = materials.filter((cells) => cell(cells, 'MATERIAL_TITLE') === title).length;
      if (found !== 1) problems.push(`${title} stands ${found} times`);
    }
    const everywhere = JSON.stringify([
      rows,
      await this.#bench.conflicts(),
      await this.#bench.replaced(),
    ]);
    const summaries = [...this.#summaries].filter(
      ([id]) => !this.#touched.has(`Baru ${this.#added.indexOf(id)}`),
    );
    for (const text of [...this.#texts, ...summaries.map(([, summary]) => summary)]) {
      if (!everywhere.includes(text)) problems.push(`"${text}" is lost`);
    }
    return { problems };
  }

  async #analyse(which: number): Promise<void> {
    const id = this.#added[which];
    if (id === undefined) return;
    this.#count += 1;
    const summary = `ringkasan ${this.#count}.`;
    // One that replaces another before any of it was ever in the sheet is the portal's own doing.
    this.#summaries.set(id, summary);
    await this.#bench.analysed(id, summary);
  }

  async #cycle({ instance, behind, fault }: Extract<Step, { kind: 'cycle' }>): Promise<void> {
    if (fault !== null) {
      await this.#bench.post('faults', { service: 'sheets', method: 'batchUpdate', ...fault });
    }
    const api = this.#instances[instance];
    const other = instance === 0 ? 1 : 0;
    const cycle = behind === null ? api?.cycle() : api?.cycleWith(() => this.#do(behind, other));
    await cycle?.catch(isExpected);
    await fetch(`${this.#bench.google.url}/stand-in/faults`, { method: 'DELETE' });
  }

  async #do(deed: Deed, other: 0 | 1): Promise<void> {
    const rows = await this.#bench.rows();
    const width = rows[0]?.length ?? 0;
    const { sheetId } = await this.#tab();
    switch (deed.kind) {
      case 'crash':
        throw new Error('killed');
      case 'other':
        await this.#instances[other]?.cycle().catch(isExpected);
        return;
      case 'insertRow':
        await this.#bench.person.insertsRow(deed.at);
        return;
      case 'insertColumn':
        if (width < 22) await this.#bench.person.insertsColumn(deed.at);
        return;
      case 'deleteRow':
        if (deed.at >= rows.length) return;
        this.#forget(rows[deed.at] ?? []);
        await this.#bench.person.deletesRow(deed.at);
        return;
      case 'copyRow':
        if (deed.at >= rows.length) return;
        this.#touch(rows[deed.at] ?? []);
        return this.#copyRow(sheetId, deed.at, width);
      case 'sort':
        return this.#sort(sheetId, rows, deed.isDescending);
      case 'moveColumn':
        return this.#bench.person.does({
          moveDimension: {
            source: {
              ...{ sheetId, dimension: 'COLUMNS' },
              ...{ startIndex: deed.from, endIndex: deed.from + 1 },
            },
            destinationIndex: deed.to,
          },
        });
      case 'rename':
        return this.#rename(RENAMED.from, RENAMED.to);
      case 'type':
        return this.#type(rows, deed);
      case 'direct':
        return this.#directly();
    }
  }

  async #tab(): Promise<{ sheetId: number }> {
    const { tabs } = await this.#bench.transport.describe();
    return tabs.find(({ title }) => title === TAB) ?? { sheetId: 0 };
  }

  async #copyRow(sheetId: number, at: number, width: number): Promise<void> {
    const range = (row: number) => ({
      ...{ sheetId, startRowIndex: row, endRowIndex: row + 1 },
      ...{ startColumnIndex: 0, endColumnIndex: width },
    });
    await this.#bench.person.does(
      {
        insertDimension: {
          range: { sheetId, dimension: 'ROWS', startIndex: at + 1, endIndex: at + 2 },
          inheritFromBefore: true,
        },
      },
      {
        copyPaste: {
          ...{ source: range(at), destination: range(at + 1) },
          ...{ pasteType: 'PASTE_NORMAL', pasteOrientation: 'NORMAL' },
        },
      },
    );
  }

  async #sort(sheetId: number, rows: unknown[][], isDescending: boolean): Promise<void> {
    const title = (rows[0] ?? []).indexOf('MATERIAL_TITLE');
    const width = Math.max(...rows.map((cells) => cells.length));
    if (title < 0 || rows.length < 3) return;
    await this.#bench.person.does({
      sortRange: {
        range: {
          ...{ sheetId, startRowIndex: 1, endRowIndex: rows.length },
          ...{ startColumnIndex: 0, endColumnIndex: width },
        },
        sortSpecs: [
          { dimensionIndex: title, sortOrder: isDescending ? 'DESCENDING' : 'ASCENDING' },
        ],
      },
    });
  }

  async #rename(from: string, to: string): Promise<void> {
    const column = ((await this.#bench.rows())[0] ?? []).indexOf(from);
    if (column >= 0) await this.#bench.person.types(`${letter(column)}1`, to);
  }

  async #giveNameBack(): Promise<void> {
    await this.#rename(RENAMED.to, RENAMED.from);
  }

  async #type(rows: unknown[][], { row, header }: { row: number; header: string }): Promise<void> {
    const column = (rows[0] ?? []).indexOf(header);
    if (row >= rows.length || column < 0) return;
    // What people write over is theirs to lose.
    this.#lose(rows[row]?.[column]);
    this.#count += 1;
    this.#texts.add(`tulisan ${this.#count}.`);
    await this.#bench.person.types(`${letter(column)}${row + 1}`, `tulisan ${this.#count}.`);
  }

  /** A node's run beside the API, with an operator's patience for nothing. */
  async #directly(): Promise<void> {
    this.#count += 1;
    const title = `Langsung ${this.#count}`;
    const item = { subject: 'IPA', title, type: 'Video', level: 'Fase C' };
    try {
      await writeMaterials(
        openSheet(this.#bench.transport, TAB),
        { operation: 'create', items: [item] },
        {
          newId: () => materialId.parse(uuidv7()),
          now: () => 0,
          random: () => 0,
          sleep: () => Promise.resolve(),
          deadline: Infinity,
          attempts: 5,
        },
      );
      this.#direct.push(title);
    } catch (error) {
      // It says that it failed, so nobody counts on it; whether it stands is not promised.
      this.#touched.add(title);
      if (!(error instanceof SheetError) && !(error instanceof HeaderError)) throw error;
    }
  }

  #touch(cells: readonly unknown[]): void {
    for (const cell of cells) this.#touched.add(String(cell));
  }

  #forget(cells: readonly unknown[]): void {
    this.#touch(cells);
    for (const cell of cells) this.#lose(cell);
  }

  #lose(cell: unknown): void {
    this.#texts.delete(String(cell));
    for (const [id, summary] of this.#summaries) {
      if (summary === cell) this.#summaries.delete(id);
    }
  }
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}

function isExpected(error: unknown): void {
  const isOfTheSheet =
    error instanceof SheetError || error instanceof HeaderError || error instanceof VanishedError;
  if (!isOfTheSheet && String(error) !== 'Error: killed') throw error;
}
