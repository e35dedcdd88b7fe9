import {
  FIELDS,
  foldCase,
  isCellError,
  materialId,
  shortened,
  TEXT_FIELDS,
  trimBlanks,
  webAddressOf,
  type Field,
  type Header,
  type MaterialId,
} from '../material/index.ts';
import { cellText, isFormula, type CellValue } from './cell.ts';

/** A row of the sheet that is a material. */
export interface MaterialRow {
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
  /** As people count, from 1. */
  readonly rowNumber: number;
  readonly kind:
    | 'no_title'
    | 'total'
    | 'incomplete'
    | 'cell_error'
    | 'bad_id'
    | 'bad_url'
    | 'bad_character'
    | 'columns';
  readonly message: string;
}

export interface MaterialRows {
  readonly materials: readonly MaterialRow[];
  readonly problems: readonly RowProblem[];
  /** Where a new row goes: after the last material, above blank rows and totals. */
  readonly nextRow: number;
}

const TOTAL_WORDS = new Set(['total', 'jumlah', 'grand total', 'sum']);

/** Sorts a sheet's rows below the header into materials and what is reported and left alone. */
export function materialRows(
  rows: ReadonlyArray<readonly CellValue[]>,
  header: Header,
): MaterialRows {
  const materials: MaterialRow[] = [];
  const problems: RowProblem[] = [];
  let nextRow = header.row + 1;

  rows.forEach((cells, row) => {
    if (row <= header.row || cells.every((cell) => trimBlanks(cellText(cell)) === '')) return;
    const report = (kind: RowProblem['kind'], message: string) =>
      problems.push({ rowNumber: row + 1, kind, message: `Row ${row + 1}: ${message}` });
    const text = (field: Field) => columnText(cells, header.columns[field]);

    if (text('title') === '') {
      report('no_title', 'no title, so it is left alone. Give it a MATERIAL_TITLE.');
      return;
    }
    const texts = TEXT_FIELDS.filter((field) => text(field) !== '');
    // A material may have such a title; then it has an id, and people's totals have none.
    const isNamed = text('id') !== '';
    if (!isNamed && texts.length === 1 && TOTAL_WORDS.has(foldCase(text('title')))) {
      report('total', 'a total, not a material; it is left alone.');
      return;
    }
    nextRow = row + 1;

    const idText = text('id');
    const id = materialId.safeParse(idText);
    if (idText !== '' && !id.success) {
      report(
        'bad_id',
        `MATERIAL_ID "${shortened(idText)}" is not an id of the portal. Clear the cell.`,
      );
      return;
    }
    const fields: Partial<Record<Field, string>> = {};
    for (const field of FIELDS) {
      if (header.columns[field] === undefined) continue;
      if (isCellError(text(field))) {
        report('cell_error', `${field} shows ${text(field)}; the value before it is kept.`);
      } else fields[field] = text(field);
    }
    if (text('subject') === '') {
      report('incomplete', 'SUBJECT_NAME is empty. A merged cell counts for its first row only.');
    }
    if (text('url') !== '' && webAddressOf(text('url')) === '') {
      report(
        'bad_url',
        'MATERIAL_URL is not one web address of at most 2,000 characters, so the portal shows none. ' +
          'Write it out, with http:// or https:// and without blanks.',
      );
    }
    const unreadable = cells.findIndex((cell) => cellText(cell).includes('\ufffd'));
    if (unreadable >= 0) {
      const title = shortened(trimBlanks(cellText(rows[header.row]?.[unreadable])));
      report(
        'bad_character',
        `"${title}" holds a character that cannot be read, shown as \ufffd. Type it again.`,
      );
    }
    const metadata = Object.fromEntries(
      header.metadata.flatMap(({ name, column }) => {
        const value = cellText(cells[column]);
        return value === '' ? [] : [[name, value]];
      }),
    );
    materials.push({ row, id: id.success ? id.data : null, fields, metadata });
  });
  return { materials, problems, nextRow };
}

/** The columns that a row's key is made of. */
const KEY_FIELDS = ['id', ...TEXT_FIELDS] as const;

type KeyColumns = Readonly<Partial<Record<string, number>>>;

/** Those of the header's columns that a row's key is made of. */
export function keyColumnsOf(columns: Header['columns']): Record<string, number> {
  return Object.fromEntries(
    KEY_FIELDS.flatMap((field) => {
      const column = columns[field];
      return column === undefined ? [] : [[field, column] as const];
    }),
  );
}

/**
 * What tells a row from every other: its id, or, while it has none, its texts. Compared between the
 * read a plan was made on and the carbon copy of the write.
 */
export function rowKey(cells: readonly CellValue[], columns: KeyColumns): string {
  const id = columnText(cells, columns['id']);
  return id === '' ? JSON.stringify(TEXT_FIELDS.map((f) => columnText(cells, columns[f]))) : id;
}

/** A formula is shown as its text and never evaluated. */
function columnText(cells: readonly CellValue[], column: number | undefined): string {
  const cell = column === undefined ? undefined : cells[column];
  return isFormula(cell) ? cellText(cell) : trimBlanks(cellText(cell));
}
