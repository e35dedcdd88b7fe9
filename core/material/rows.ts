import { shortened } from './closest.ts';
import { FIELDS, TEXT_FIELDS, type Field } from './columns.ts';
import { type Header } from './header.ts';
import { materialIdSchema, type MaterialId } from './material.ts';
import { foldCase, isCellError, trimBlanks } from './text.ts';
import { impossibleLevels, subjectOf } from './vocabulary/index.ts';
import { webAddressOf } from './webAddress.ts';
import { cellText, isFormula, type CellValue } from '../google/sheets/index.ts';

/** A row of the sheet that is a material. */
export interface SheetRow {
  /** 0-based. */
  readonly row: number;
  /** Null: the row has none yet. */
  readonly id: MaterialId | null;
  /** The text of each field that has a column and no error in its cell; trimmed. */
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** The further columns' texts by header, empty ones left out. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface RowProblem {
  /** Counted from 1. */
  readonly rowNumber: number;
  readonly kind:
    | 'no_title'
    | 'total'
    | 'incomplete'
    | 'impossible_pair'
    | 'cell_error'
    | 'bad_id'
    | 'bad_url'
    | 'bad_character'
    | 'columns';
  readonly message: string;
}

export interface SheetRows {
  readonly materials: readonly SheetRow[];
  /** Rows with a MATERIAL_ID that is no id. They are left alone until a person clears the cell. */
  readonly withBadId: readonly SheetRow[];
  readonly problems: readonly RowProblem[];
  /** Where a new row goes: after the last material, above blank rows and totals. */
  readonly nextRow: number;
}

/** The content of one row, independent of its place. Equal cells give equal readings. */
export interface RowReading {
  /** Null: the row is blank, or not a material. */
  readonly material: Omit<SheetRow, 'row'> | null;
  /** MATERIAL_ID holds something that is no id. Then `material.id` is null. */
  readonly hasBadId: boolean;
  /** The messages do not name the row. */
  readonly problems: ReadonlyArray<Pick<RowProblem, 'kind' | 'message'>>;
  /** Whether new rows go below this row. */
  readonly isAboveNew: boolean;
}

/** Reads the cells of the row with this 0-based number. */
export type ReadRow = (cells: readonly CellValue[], row: number) => RowReading;

const TOTAL_WORDS = new Set(['total', 'jumlah', 'grand total', 'sum']);

/**
 * Sorts a sheet's rows below the header into materials and what is reported and left alone.
 *
 * @param read a caller that has read most of the rows before passes a function with a cache
 */
export function materialRows(
  rows: ReadonlyArray<readonly CellValue[]>,
  header: Header,
  read: ReadRow = rowReader(header, rows[header.row] ?? []),
): SheetRows {
  const materials: SheetRow[] = [];
  const withBadId: SheetRow[] = [];
  const problems: RowProblem[] = [];
  let nextRow = header.row + 1;

  for (let row = header.row + 1; row < rows.length; row += 1) {
    const reading = read(rows[row] ?? [], row);
    for (const { kind, message } of reading.problems) {
      problems.push({ rowNumber: row + 1, kind, message: `Row ${row + 1}: ${message}` });
    }
    if (reading.isAboveNew) nextRow = row + 1;
    if (reading.material !== null) {
      (reading.hasBadId ? withBadId : materials).push({ row, ...reading.material });
    }
  }
  return { materials, withBadId, problems, nextRow };
}

const NO_MATERIAL = { material: null, hasBadId: false, isAboveNew: false };

/** @param titles the cells of the header row */
export function rowReader(header: Header, titles: readonly CellValue[]): ReadRow {
  return (cells) => {
    if (cells.every((cell) => trimBlanks(cellText(cell)) === ''))
      return { ...NO_MATERIAL, problems: [] };
    const problems: Array<RowReading['problems'][number]> = [];
    const report = (kind: RowProblem['kind'], message: string) => problems.push({ kind, message });
    const text = (field: Field) => columnText(cells, header.columns[field]);

    const title = text('title');
    if (title === '') {
      report('no_title', 'no title, so it is left alone. Give it a MATERIAL_TITLE.');
      return { ...NO_MATERIAL, problems };
    }
    const idText = idTextOf(cells, header.columns.id);
    // A material may have such a title. Then it has an id, and totals that people write have none.
    if (idText === '' && TOTAL_WORDS.has(foldCase(title))) {
      const texts = TEXT_FIELDS.filter((field) => text(field) !== '');
      if (texts.length === 1) {
        report('total', 'a total, not a material; it is left alone.');
        return { ...NO_MATERIAL, problems };
      }
    }

    const id = materialIdSchema.safeParse(idText);
    const hasBadId = idText !== '' && !id.success;
    if (hasBadId) {
      report(
        'bad_id',
        `MATERIAL_ID "${shortened(idText)}" is not an id of the portal. Clear the cell.`,
      );
    }
    const fields: Partial<Record<Field, string>> = {};
    for (const field of FIELDS) {
      if (header.columns[field] === undefined) continue;
      const value = field === 'id' ? (id.data ?? '') : text(field);
      if (isCellError(value)) {
        report('cell_error', `${field} shows ${value}; the value before it is kept.`);
      } else fields[field] = value;
    }
    if (text('subject') === '') {
      report('incomplete', 'SUBJECT_NAME is empty. A merged cell counts for its first row only.');
    }
    const impossible = impossibleLevels(text('subject'), text('level'));
    if (impossible.length > 0) {
      report(
        'impossible_pair',
        `the curriculum does not have ${subjectOf(text('subject'))} in ${impossible.join(', ')}. ` +
          'Check SUBJECT_NAME and MATERIAL_LEVEL; the portal changes neither.',
      );
    }
    const url = text('url');
    if (url !== '' && webAddressOf(url) === '') {
      report(
        'bad_url',
        'MATERIAL_URL is not one web address of at most 2,000 characters, so the portal shows none. ' +
          'Write it out, with http:// or https:// and without blanks.',
      );
    }
    const unreadable = cells.findIndex((cell) => cellText(cell).includes('\ufffd'));
    if (unreadable >= 0) {
      const name = shortened(trimBlanks(cellText(titles[unreadable])));
      report(
        'bad_character',
        `"${name}" holds a character that cannot be read, shown as \ufffd. Type it again.`,
      );
    }
    const metadata = Object.fromEntries(
      header.metadata.flatMap(({ name, column }) => {
        const value = cellText(cells[column]);
        return value === '' ? [] : [[name, value]];
      }),
    );
    const material = { id: id.data ?? null, fields, metadata };
    return { material, hasBadId, problems, isAboveNew: true };
  };
}

/** The fields that a row's key is made of. */
const KEY_FIELDS = ['id', ...TEXT_FIELDS] as const;

/** Columns of the parts of a row's key, by field. */
export type RowKeyColumns = Readonly<Partial<Record<string, number>>>;

/** The columns of a row's key. */
export function keyColumnsOf(columns: Header['columns']): Record<string, number> {
  return Object.fromEntries(
    KEY_FIELDS.flatMap((field) => {
      const column = columns[field];
      return column === undefined ? [] : [[field, column] as const];
    }),
  );
}

/**
 * The key identifies a row: it is the row's id, or the row's texts while it has no id. The key of the planned
 * row is compared with the key of its before-image.
 */
export function rowKey(cells: readonly CellValue[], columns: RowKeyColumns): string {
  const id = idTextOf(cells, columns['id']);
  return id === '' ? JSON.stringify(TEXT_FIELDS.map((f) => columnText(cells, columns[f]))) : id;
}

/** Null: the cell is empty, or its text is no id. */
export function idOf(cells: readonly CellValue[], column: number | undefined): MaterialId | null {
  return materialIdSchema.safeParse(idTextOf(cells, column)).data ?? null;
}

/** An id in capitals is the same id (RFC 9562, section 4). */
function idTextOf(cells: readonly CellValue[], column: number | undefined): string {
  return columnText(cells, column).toLowerCase();
}

/** A formula is shown as its text and never evaluated. */
function columnText(cells: readonly CellValue[], column: number | undefined): string {
  const cell = column === undefined ? undefined : cells[column];
  return isFormula(cell) ? cellText(cell) : trimBlanks(cellText(cell));
}
