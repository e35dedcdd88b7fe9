import type { Bench } from '../syncBench.ts';
import type { Ledger } from './ledger.ts';

/** What people do to the sheet; rows from 1 below the header, columns from 0. */
export type PersonsDeed =
  | { kind: 'insertRow' | 'deleteRow' | 'copyRow' | 'insertColumn'; at: number }
  | { kind: 'sort'; isDescending: boolean }
  | { kind: 'moveColumn'; from: number; to: number }
  | { kind: 'type'; row: number; header: string }
  | { kind: 'rename' };

const RENAMED = { from: 'MATERIAL_THEME', to: 'Dinamai lain' };
/** Columns have one letter here, and the grid has 26. */
const MOST_COLUMNS = 22;

/** People at the sheet in their browsers. */
export class People {
  readonly #bench: Bench;
  readonly #ledger: Ledger;

  constructor(bench: Bench, ledger: Ledger) {
    this.#bench = bench;
    this.#ledger = ledger;
  }

  async do(deed: PersonsDeed): Promise<void> {
    const rows = await this.#bench.rows();
    const width = rows[0]?.length ?? 0;
    const { person } = this.#bench;
    switch (deed.kind) {
      case 'insertRow':
        await person.insertsRow(deed.at);
        return;
      case 'insertColumn':
        if (width < MOST_COLUMNS) await person.insertsColumn(deed.at);
        return;
      case 'deleteRow':
        if (deed.at >= rows.length) return;
        this.#ledger.touch(rows[deed.at] ?? []);
        this.#ledger.release(rows[deed.at] ?? []);
        await person.deletesRow(deed.at);
        return;
      case 'copyRow':
        if (deed.at >= rows.length) return;
        this.#ledger.touch(rows[deed.at] ?? []);
        return this.#copyRow(deed.at, width);
      case 'sort':
        return this.#sort(rows, deed.isDescending);
      case 'moveColumn':
        return this.#moveColumn(deed.from, deed.to);
      case 'rename':
        return this.#rename(RENAMED.from, RENAMED.to);
      case 'type':
        return this.#type(rows, deed);
    }
  }

  async giveNameBack(): Promise<void> {
    await this.#rename(RENAMED.to, RENAMED.from);
  }

  async #copyRow(at: number, width: number): Promise<void> {
    const sheetId = await this.#bench.sheetId();
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

  async #sort(rows: unknown[][], isDescending: boolean): Promise<void> {
    const title = (rows[0] ?? []).indexOf('MATERIAL_TITLE');
    const width = Math.max(...rows.map((cells) => cells.length));
    if (title < 0 || rows.length < 3) return;
    const sortOrder = isDescending ? 'DESCENDING' : 'ASCENDING';
    await this.#bench.person.does({
      sortRange: {
        range: {
          ...{ sheetId: await this.#bench.sheetId(), startRowIndex: 1, endRowIndex: rows.length },
          ...{ startColumnIndex: 0, endColumnIndex: width },
        },
        sortSpecs: [{ dimensionIndex: title, sortOrder }],
      },
    });
  }

  async #moveColumn(from: number, to: number): Promise<void> {
    await this.#bench.person.does({
      moveDimension: {
        source: {
          ...{ sheetId: await this.#bench.sheetId(), dimension: 'COLUMNS' },
          ...{ startIndex: from, endIndex: from + 1 },
        },
        destinationIndex: to,
      },
    });
  }

  async #rename(from: string, to: string): Promise<void> {
    const column = ((await this.#bench.rows())[0] ?? []).indexOf(from);
    if (column >= 0) await this.#bench.person.types(`${letter(column)}1`, to);
  }

  async #type(rows: unknown[][], { row, header }: { row: number; header: string }): Promise<void> {
    const column = (rows[0] ?? []).indexOf(header);
    if (row >= rows.length || column < 0) return;
    this.#ledger.release([rows[row]?.[column]]);
    const text = this.#ledger.newText('tulisan');
    this.#ledger.expectText(text);
    await this.#bench.person.types(`${letter(column)}${row + 1}`, text);
  }
}

function letter(column: number): string {
  return String.fromCharCode(65 + column);
}
