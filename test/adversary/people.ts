import type { CellValue } from '../../core/index.ts';
import { GoogleError } from '../../google-standin/memory.ts';
import type { PersonsDeed, RowRef } from './deeds.ts';
import { HEADER, HEADER_TEXTS, NOTE, RENAMED } from './headers.ts';
import { SHEET_ID, TAB, type MemorySheet } from './memorySheet.ts';
import type { Oracle } from './oracle.ts';
import type { Tokens } from './tokens.ts';

/** The grid has 26 columns, and the header must stay readable. */
const MOST_COLUMNS = 22;
const MOST_ROWS = 24;
const JOURNAL_TAB = '_materi';

/** People at the sheet in their browsers. */
export class People {
  readonly #sheet: MemorySheet;
  readonly #oracle: Oracle;
  readonly #tokens: Tokens;
  readonly #target: () => number | null;

  /** @param target the row, from 0, that the code writes to next or wrote last; null: none */
  constructor(sheet: MemorySheet, oracle: Oracle, tokens: Tokens, target: () => number | null) {
    this.#sheet = sheet;
    this.#oracle = oracle;
    this.#tokens = tokens;
    this.#target = target;
  }

  do(deed: PersonsDeed): void {
    if (deed.kind === 'editJournal' || deed.kind === 'deleteJournal') this.#oracle.journalIsGone();
    this.#oracle.deed(() => {
      try {
        this.#do(deed);
      } catch (error) {
        // Google refuses, such as a sort through merged cells: then nothing has happened.
        if (!(error instanceof GoogleError) || ![400, 501].includes(error.code)) throw error;
      }
    }, deed.kind === 'restore');
    if (deed.kind === 'sort' && deed.columns !== 'all') this.#oracle.rowsAreMixed();
  }

  /** Takes back what keeps the code from writing or reading: as the advice says. */
  clearTheWay(): void {
    for (const kind of ['giveNameBack', 'clearFilter', 'showRows', 'unmerge'] as const) {
      this.do({ kind });
    }
    this.#giveColumnsBack();
    const rows = this.#sheet.entered();
    const header = headerRow(rows);
    const column = (rows[header] ?? []).indexOf('MATERIAL_ID');
    rows.forEach((cells, row) => {
      const isBad = row > header && !/^([0-9a-f-]{36})?$/i.test(String(cells[column] ?? ''));
      if (isBad) this.do({ kind: 'clearId', row: row - header });
    });
  }

  /**
   * Gives each column a header of its own, and the missing headers back. Such a header is the code's
   * mistake, and people took the journal away before the code could take it back.
   */
  #giveColumnsBack(): void {
    const rows = this.#sheet.entered();
    const row = headerRow(rows);
    const headers = (rows[row] ?? []).map(String);
    const missing = HEADER.filter((name) => !headers.includes(name));
    headers.forEach((text, column) => {
      const isOwn = HEADER_TEXTS.has(text) && headers.indexOf(text) === column;
      if (text === '' || isOwn) return;
      this.#write(row, column, missing.shift() ?? `Kolom ${column}`);
    });
  }

  #do(deed: PersonsDeed): void {
    const rows = this.#sheet.entered();
    const header = headerRow(rows);
    if (header < 0) return;
    const headers = (rows[header] ?? []).map(String);
    const find = (ref: RowRef) => rowAt(ref, header, rows.length, this.#target());
    const column = (name: string) => headers.indexOf(name);

    switch (deed.kind) {
      case 'insertRow':
        if (rows.length < MOST_ROWS) this.#insertRow(find(deed.row));
        return;
      case 'pasteRow':
        if (rows.length < MOST_ROWS) this.#pasteRow(find(deed.row), deed.like, headers, rows);
        return;
      case 'deleteRow':
        this.#lines('deleteDimension', 'ROWS', find(deed.row));
        return;
      case 'copyRow':
        if (rows.length < MOST_ROWS) this.#copyRow(find(deed.row), deed, headers, rows);
        return;
      case 'type':
        this.#write(find(deed.row), column(deed.header), this.#tokens.typed().text);
        return;
      case 'typeAt':
        this.#write(find(deed.row), deed.column, this.#tokens.typed().text);
        return;
      case 'typeHalf':
        this.#write(find(deed.row), column(deed.header), 'setengah \ud83d');
        return;
      case 'typeEqualsSign':
        this.#write(find(deed.row), column(deed.header), this.#tokens.typed('=tulisan').text);
        return;
      case 'typeBadId':
        this.#write(find(deed.row), column('MATERIAL_ID'), this.#tokens.typed('nomor').text);
        return;
      case 'clear':
        this.#write(find(deed.row), column(deed.header), '');
        return;
      case 'clearId':
        this.#write(find(deed.row), column('MATERIAL_ID'), '');
        return;
      case 'capitalId': {
        const [row, at] = [find(deed.row), column('MATERIAL_ID')];
        this.#write(row, at, String(rows[row]?.[at] ?? '').toUpperCase());
        return;
      }
      case 'sort':
        this.#sort(deed, header, headers, rows);
        return;
      case 'insertColumn':
        if (headers.length < MOST_COLUMNS) this.#lines('insertDimension', 'COLUMNS', deed.at);
        return;
      case 'deleteColumn':
        if (column(deed.header) >= 0) {
          this.#lines('deleteDimension', 'COLUMNS', column(deed.header));
        }
        return;
      case 'moveColumn':
        this.#moveColumn(deed.from, deed.to);
        return;
      case 'insertAbove':
        for (let row = 0; row < deed.rows && header < 3; row += 1) this.#insertRow(header);
        return;
      case 'rename':
        this.#write(header, column(RENAMED.from), RENAMED.to);
        return;
      case 'giveNameBack':
        this.#write(header, column(RENAMED.to), RENAMED.from);
        return;
      case 'restore':
        this.#sheet.restore(deed.at);
        return;
      case 'editJournal':
      case 'renameJournal':
      case 'deleteJournal':
        this.#toJournal(deed.kind);
        return;
      case 'hideRow':
        this.#hide(find(deed.row), true);
        return;
      case 'showRows':
        this.#hide(null, false);
        return;
      case 'filter':
        this.#filter(find(deed.row), column(deed.header), header, rows);
        return;
      case 'clearFilter':
        this.#send({ clearBasicFilter: { sheetId: SHEET_ID } });
        return;
      case 'merge':
        this.#merge(find(deed.row), column(deed.header));
        return;
      case 'unmerge':
        this.#send({ unmergeCells: { range: { sheetId: SHEET_ID } } });
    }
  }

  #send(...requests: object[]): void {
    this.#sheet.people(...requests);
  }

  #write(row: number, column: number, ...texts: string[]): void {
    if (row < 0 || column < 0) return;
    const values = texts.map((text) => ({ userEnteredValue: { stringValue: text } }));
    const start = { sheetId: SHEET_ID, rowIndex: row, columnIndex: column };
    this.#send({ updateCells: { start, rows: [{ values }], fields: 'userEnteredValue' } });
  }

  #lines(kind: 'insertDimension' | 'deleteDimension', dimension: 'ROWS' | 'COLUMNS', at: number) {
    const range = { sheetId: SHEET_ID, dimension, startIndex: at, endIndex: at + 1 };
    this.#send({ [kind]: { range } });
  }

  #insertRow(at: number): void {
    this.#lines('insertDimension', 'ROWS', at);
  }

  #pasteRow(
    at: number,
    like: 'new' | 'untitled' | 'copy',
    headers: readonly string[],
    rows: CellValue[][],
  ): void {
    const isTold = new Set(['MATERIAL_TITLE', 'MATERIAL_DESC', NOTE]);
    const given: Record<string, string> = { SUBJECT_NAME: 'IPA', MATERIAL_TYPE: 'Video' };
    if (like === 'copy') this.#oracle.rowIsCopied(at);
    const cells = headers.map((name, column) => {
      if (like === 'copy') return name === 'MATERIAL_ID' ? '' : String(rows[at]?.[column] ?? '');
      if (!isTold.has(name) || (like === 'untitled' && name === 'MATERIAL_TITLE')) {
        return given[name] ?? '';
      }
      return this.#tokens.typed(name === 'MATERIAL_TITLE' ? 'Judul' : 'tempelan').text;
    });
    this.#insertRow(at);
    this.#write(at, 0, ...cells);
  }

  #copyRow(
    at: number,
    { below, edits }: { below: number; edits: string | null },
    headers: readonly string[],
    rows: CellValue[][],
  ): void {
    this.#oracle.rowIsCopied(at);
    const to = Math.min(at + 1 + below, rows.length);
    const cells = headers.map((_, column) => String(rows[at]?.[column] ?? ''));
    this.#insertRow(to);
    this.#write(to, 0, ...cells);
    if (edits !== null) this.#write(to, headers.indexOf(edits), this.#tokens.typed('salinan').text);
  }

  #sort(
    { isDescending, columns }: { isDescending: boolean; columns: 'all' | 'left' | 'right' },
    header: number,
    headers: readonly string[],
    rows: CellValue[][],
  ): void {
    const width = Math.max(...rows.map((cells) => cells.length));
    const id = headers.indexOf('MATERIAL_ID');
    const [start, end] =
      columns === 'all' || id < 1 ? [0, width] : columns === 'left' ? [0, id] : [id, width];
    const title = headers.indexOf('MATERIAL_TITLE');
    const by = title >= start && title < end ? title : start;
    if (rows.length - header < 3) return;
    this.#send({
      sortRange: {
        range: {
          sheetId: SHEET_ID,
          startRowIndex: header + 1,
          endRowIndex: rows.length,
          startColumnIndex: start,
          endColumnIndex: end,
        },
        sortSpecs: [{ dimensionIndex: by, sortOrder: isDescending ? 'DESCENDING' : 'ASCENDING' }],
      },
    });
  }

  #moveColumn(from: number, to: number): void {
    const source = {
      sheetId: SHEET_ID,
      dimension: 'COLUMNS',
      startIndex: from,
      endIndex: from + 1,
    };
    if (to !== from && to !== from + 1) {
      this.#send({ moveDimension: { source, destinationIndex: to } });
    }
  }

  #toJournal(kind: 'editJournal' | 'renameJournal' | 'deleteJournal'): void {
    const tab = this.#sheet
      .tabs()
      .find(({ title }) => title !== TAB && title.startsWith(JOURNAL_TAB));
    if (tab === undefined) return;
    const { sheetId, title } = tab;
    if (kind === 'deleteJournal') this.#send({ deleteSheet: { sheetId } });
    else if (kind === 'renameJournal') {
      const properties = { sheetId, title: title === JOURNAL_TAB ? `${title} lama` : JOURNAL_TAB };
      this.#send({ updateSheetProperties: { properties, fields: 'title' } });
    } else {
      const start = { sheetId, rowIndex: 1, columnIndex: 1 };
      const values = [{ userEnteredValue: { stringValue: 'coretan' } }];
      this.#send({ updateCells: { start, rows: [{ values }], fields: 'userEnteredValue' } });
    }
  }

  #hide(row: number | null, hiddenByUser: boolean): void {
    const some = row === null ? {} : { startIndex: row, endIndex: row + 1 };
    const range = { sheetId: SHEET_ID, dimension: 'ROWS', ...some };
    this.#send({
      updateDimensionProperties: { range, properties: { hiddenByUser }, fields: 'hiddenByUser' },
    });
  }

  /** Hides the rows that show the same as one row does. */
  #filter(row: number, column: number, header: number, rows: CellValue[][]): void {
    const width = rows[header]?.length ?? 0;
    if (column < 0) return;
    const range = {
      sheetId: SHEET_ID,
      startRowIndex: header,
      endRowIndex: Math.max(rows.length, header + 2),
      startColumnIndex: 0,
      endColumnIndex: width,
    };
    const hiddenValues = [String(rows[row]?.[column] ?? '')];
    const filterSpecs = [{ columnIndex: column, filterCriteria: { hiddenValues } }];
    this.#send({ setBasicFilter: { filter: { range, filterSpecs } } });
  }

  /** Merges a cell with the one below it; the lower one's text is gone, as Google warns. */
  #merge(row: number, column: number): void {
    if (column < 0) return;
    const rows = { startRowIndex: row, endRowIndex: row + 2 };
    const range = {
      sheetId: SHEET_ID,
      ...rows,
      startColumnIndex: column,
      endColumnIndex: column + 1,
    };
    this.#send({ mergeCells: { range, mergeType: 'MERGE_ALL' } });
  }
}

function headerRow(rows: CellValue[][]): number {
  return rows.findIndex(
    (cells) => cells.filter((cell) => HEADER_TEXTS.has(String(cell))).length > 4,
  );
}

function rowAt(ref: RowRef, header: number, height: number, target: number | null): number {
  const wanted = ref === 'target' ? (target ?? header + 1) : header + ref;
  return Math.max(header + 1, Math.min(wanted, height));
}
