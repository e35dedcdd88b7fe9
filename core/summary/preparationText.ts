import { COLUMNS, type Question, type RowProblem } from '../material/index.ts';
import type { Preparation, PreparedColumn } from '../sheet/index.ts';

/** How a person answers a question: on the command line, or in the node. */
export interface Wording {
  /** Renames a header to a column's name. */
  readonly rename: (header: string, name: string) => string;
  /** Adds an empty column. */
  readonly add: (name: string) => string;
}

const STATES: Readonly<Record<PreparedColumn['state'], string>> = {
  there: 'sudah ada / is there',
  rename: 'ganti nama / rename',
  add: 'tambah / add',
  open: 'BELUM JELAS / OPEN',
};

const PROBLEMS: Readonly<Record<RowProblem['kind'], string>> = {
  no_title: 'tanpa judul / without a title',
  total: 'baris jumlah / a total',
  incomplete: 'mata pelajaran kosong / no subject',
  impossible_pair:
    'mata pelajaran tidak ada di fase itu / the curriculum has no such subject in that phase',
  cell_error: 'kesalahan rumus di sel / a cell error',
  bad_id: 'MATERIAL_ID bukan dari portal / not an id of the portal',
  bad_url: 'MATERIAL_URL bukan alamat web / not a web address',
  bad_character: 'karakter yang tidak terbaca / a character that cannot be read',
  columns: 'kolom yang tidak dibaca portal / columns that the portal does not read',
};

/**
 * Writes a preparation as plain text in Indonesian and English. It has a table of the columns, the changes,
 * the questions, and the rows that it reports and does not change.
 */
export function preparationText(found: Preparation, wording: Wording): string {
  const sections = [
    [
      `Tab "${found.tab}" · baris judul kolom / header row ${found.headerRow} · ` +
        `${found.materials ?? '?'} materi / materials`,
    ],
    columnTable(found),
    titled('Yang berubah / What changes', changes(found)),
    titled('Perlu Anda putuskan / For you to decide', questions(found.questions, wording)),
    titled('Hanya dilaporkan, tidak diubah / Reported, left alone', reported(found)),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function titled(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}

function columnTable({ columns, others, renames, questions: open }: Preparation): string[] {
  const twice = open.filter(({ kind }) => kind === 'twice');
  const rows = [
    ...columns
      .filter(({ field }) => !twice.some((question) => question.field === field))
      .map(({ name, state, column, header }) => ({
        column,
        cells: [letters(column), header ?? '—', name, STATES[state]],
      })),
    ...twice.flatMap(({ field, candidates }) =>
      candidates.map(({ column, header }) => ({
        column,
        cells: [letters(column), header, COLUMNS[field].header, STATES.open],
      })),
    ),
    ...others.map(({ name, column }) => {
      const from = renames.find((rename) => rename.column === column)?.from;
      const state = from === undefined ? 'tetap / kept' : STATES.rename;
      return { column, cells: [letters(column), from ?? name, '—', state] };
    }),
  ];
  const sorted = rows.sort((a, b) => (a.column ?? Infinity) - (b.column ?? Infinity));
  const lines = [
    ['Kolom', 'Di spreadsheet / In the sheet', 'Arti / Meaning', 'Rencana / Plan'],
    ...sorted.map(({ cells }) => cells.map(oneLine)),
  ];
  const widths = [0, 1, 2].map((at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function changes({ columns, renames, idRows, layout, hasChanges }: Preparation): string[] {
  const added = columns.filter(({ state }) => state === 'add').map(({ name }) => name);
  const lists = layout.dropDowns.filter(({ state }) => state === 'add');
  return [
    ...renames.map(
      ({ column, from, to }) => `${letters(column)}: "${oneLine(from)}" → "${oneLine(to)}"`,
    ),
    ...(added.length > 0
      ? [`${added.length} kolom baru di kanan / new columns at the right: ${added.join(', ')}`]
      : []),
    ...(idRows.length > 0
      ? [`${idRows.length} MATERIAL_ID baru / new, baris / rows ${rowList(idRows)}`]
      : []),
    ...(layout.freeze === null
      ? []
      : [`bekukan baris / freeze rows 1-${layout.freeze.to} (kini / now: ${layout.freeze.from})`]),
    ...lists.map(
      ({ field, column }) =>
        `pilihan di kolom / drop-down in column ${letters(column)} (${COLUMNS[field].header}); ` +
        'isian lain tetap diperbolehkan / other texts stay allowed',
    ),
    ...(hasChanges ? [] : ['tidak ada, spreadsheet sudah siap / nothing, the sheet is ready']),
  ];
}

function questions(open: readonly Question[], { rename, add }: Wording): string[] {
  return open.flatMap(({ kind, field, candidates }) => {
    const name = COLUMNS[field].header;
    const choices = candidates.map(({ column, header: raw, confidence }) => {
      const header = oneLine(raw);
      return kind === 'twice'
        ? `  ${letters(column)} "${header}": ${rename(header, '…')}`
        : `  ${letters(column)} "${header}" (${Math.round(confidence * 100)}%): ${rename(header, name)}`;
    });
    if (kind === 'twice') {
      return [
        `${name}: dua kolom berarti sama; beri salah satunya nama lain / ` +
          'two columns mean the same; give one of them another name',
        ...choices,
      ];
    }
    return [
      `${name}: tidak ada. Kolom mana yang dimaksud? / is missing. Which column is meant?`,
      ...choices,
      `  kolom baru yang kosong / a new, empty column: ${add(name)}`,
    ];
  });
}

function reported({ problems, copiedIdRows, rowsWithoutId, layout }: Preparation): string[] {
  const byKind = Map.groupBy(problems, ({ kind }) => kind);
  return [
    ...[...byKind].map(
      ([kind, of]) => `${PROBLEMS[kind]}: baris / rows ${rowList(of.map((p) => p.rowNumber))}`,
    ),
    ...(rowsWithoutId.length > 0
      ? [
          'MATERIAL_ID tidak tersimpan, mungkin sel gabungan / not kept, merged cells may be the cause: ' +
            `baris / rows ${rowList(rowsWithoutId)}`,
        ]
      : []),
    ...(copiedIdRows.length > 0
      ? [
          'MATERIAL_ID salinan, diberi yang baru saat sinkronisasi / copied ids, which sync replaces: ' +
            `baris / rows ${rowList(copiedIdRows)}`,
        ]
      : []),
    ...layout.dropDowns
      .filter(({ state }) => state === 'own')
      .map(
        ({ field, column }) =>
          `kolom / column ${letters(column)} (${COLUMNS[field].header}) sudah mempunyai aturan / has a rule of its own`,
      ),
  ];
}

const MOST_ROWS_LISTED = 20;

/** `3, 5-9, 12`. */
export function rowList(rows: readonly number[]): string {
  const runs: { from: number; to: number }[] = [];
  for (const row of [...rows].sort((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && row <= last.to + 1) last.to = row;
    else runs.push({ from: row, to: row });
  }
  const texts = runs.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));
  const listed = texts.slice(0, MOST_ROWS_LISTED).join(', ');
  return texts.length > MOST_ROWS_LISTED ? `${listed}, …` : listed;
}

/** Removes line breaks and control characters, which would break a table or control a terminal. */
export function oneLine(text: string): string {
  return text
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}

/** `A` for 0, `AA` for 26; `—` if the column has no place yet. */
function letters(column: number | null): string {
  if (column === null) return '—';
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}
