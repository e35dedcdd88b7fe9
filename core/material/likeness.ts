import { distance } from './closest.ts';
import { COLUMNS, EDITABLE_FIELDS, type Field } from './columns.ts';
import { foldCase } from './text.ts';
import { isKnownSubject, isKnownType, levelsOf } from './vocabulary/index.ts';

/** Fields that a person's own column may hold. Nobody but the portal has the other columns. */
export const ASKED_FIELDS = EDITABLE_FIELDS;
type AskedField = (typeof ASKED_FIELDS)[number];

/** A lower likeness is a coincidence. */
export const LEAST_LIKENESS = 0.5;

/** A header may also hold notes for the people that fill in the column. */
const LONGEST_HEADER = 200;

/** Vague words that schools use as headers. They lead to a question, never to a decision. */
const HINTS: Readonly<Record<AskedField, readonly string[]>> = {
  subject: ['pelajaran', 'bidang studi', 'mata kuliah', 'mapel', 'subjek'],
  title: ['nama', 'nama bahan', 'bahan', 'bahan ajar', 'materi', 'material', 'nama file', 'name'],
  description: ['uraian', 'ringkasan', 'penjelasan', 'rincian', 'isi', 'catatan', 'desc', 'notes'],
  type: ['bentuk', 'format', 'media', 'kategori', 'category', 'kind'],
  level: ['kls', 'tingkatan', 'rombel', 'fase kelas', 'kelas fase', 'grade', 'class'],
  theme: ['topik', 'bab', 'unit', 'topic', 'chapter'],
  subtheme: ['sub topik', 'subtopik', 'sub bab', 'subbab', 'subtopic', 'sub topic'],
  url: ['alamat', 'file', 'berkas', 'google drive', 'drive', 'website', 'web'],
};

/**
 * Says how likely a column holds a field if no alias matches its header: 0 to 0.97. It compares the header
 * and the cells.
 *
 * @param values texts of the column's cells, empty ones left out
 */
export function likeness(header: string, field: AskedField, values: readonly string[]): number {
  const name = nameLikeness(header, field);
  const content = 0.8 * shareOf(values, field);
  const best = Math.max(name, content);
  const agree = Math.min(name, content) >= LEAST_LIKENESS;
  return Math.round(100 * Math.min(0.97, agree ? best + 0.1 : best)) / 100;
}

/** The likeness by the header alone, 0 to 0.95. */
export function nameLikeness(header: string, field: AskedField): number {
  // A longer text belongs to a material. To compare it with every name takes too long.
  const text = header.length > LONGEST_HEADER ? '' : words(header).join(' ');
  if (text === '') return 0;
  const { header: own, aliases } = COLUMNS[field];
  const known = [own, ...aliases].map((name) => wordsLikeness(text, foldCase(name), 0.9));
  const hinted = HINTS[field].map((name) => wordsLikeness(text, name, 0.75));
  return Math.min(0.95, Math.max(...known, ...hinted));
}

/** High for a typing error, and if the text contains all words of the name. */
function wordsLikeness(text: string, name: string, most: number): number {
  if (text === name) return most;
  const longest = Math.max(text.length, name.length);
  const mayBeTypo = name.length >= 4 && Math.abs(text.length - name.length) <= longest / 4;
  const spelling = mayBeTypo ? 1 - distance(text, name) / longest : 0;
  const typo = spelling >= 0.75 ? most * spelling : 0;
  const [inText, inName] = [text.split(' '), name.split(' ')];
  const isPart = inName.every((word) => inText.includes(word));
  const part = isPart ? (most - 0.3) * (1 + (0.5 * inName.length) / inText.length) : 0;
  return Math.max(typo, part);
}

function words(header: string): string[] {
  return foldCase(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .split(' ')
    .filter((word) => word !== '');
}

/** The share of a column's cells that the field's vocabulary knows. */
function shareOf(values: readonly string[], field: AskedField): number {
  const test = CONTENT[field];
  if (test === undefined || values.length === 0) return 0;
  return values.filter(test).length / values.length;
}

const CONTENT: Readonly<Partial<Record<Field, (text: string) => boolean>>> = {
  subject: isKnownSubject,
  type: isKnownType,
  // A column of plain numbers may number its rows.
  level: (text) => levelsOf(text).length > 0 && !/^\d+$/.test(text),
  url: (text) => /^https?:\/\//i.test(text),
};
