import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { levelsOf, matchHeader, subjectOf } from './index.ts';
import type { CellValue } from '../google/sheets/index.ts';
import { materialRows, rowKey, rowReader } from './rows.ts';

const messy = JSON.parse(readFileSync('test/data/catalog-messy.json', 'utf8')) as CellValue[][];
const read = materialRows(messy, matchHeader(messy, 'Katalog'));
const at = (row: number) => read.materials.find((material) => material.row === row);
const problemAt = (row: number) => read.problems.find(({ rowNumber }) => rowNumber === row + 1);

describe('a sheet as people leave one', () => {
  it('gives every material and skips blank rows, rows without a title and the total', () => {
    const skipped = [0, 1, 6, 7, 34, 35, 64, 65, 66, 67];
    const expected = messy.map((_, row) => row).filter((row) => !skipped.includes(row));
    expect(read.materials.map(({ row }) => row)).toEqual(expected);
  });

  it('reads missing trailing cells as empty', () => {
    expect(at(3)?.fields).toMatchObject({ level: 'Fase A', theme: '', subtheme: '', url: '' });
  });

  it('keeps further columns as metadata by their header', () => {
    expect(at(2)?.metadata).toEqual({ AUTHOR: 'Perpustakaan', DURATION_MIN: '80' });
  });

  it('reports a subject that only a merged cell gives, and does not guess it', () => {
    expect(at(9)?.fields.subject).toBe('');
    expect(problemAt(9)).toMatchObject({ kind: 'incomplete' });
  });

  it('trims blanks round a title, seen or unseen', () => {
    expect(at(11)?.fields.title).toBe('Faktor dan kelipatan');
  });

  it('keeps levels and subjects as written, in a form the vocabulary knows', () => {
    expect([12, 13, 14].map((row) => at(row)?.fields.level)).toEqual(['Kelas IV', '4', 'fase b']);
    expect([12, 13, 14].map((row) => levelsOf(at(row)?.fields.level ?? ''))).toEqual([
      ['Fase B'],
      ['Fase B'],
      ['Fase B'],
    ]);
    expect([15, 16].map((row) => subjectOf(at(row)?.fields.subject ?? ''))).toEqual([
      'Matematika',
      'Matematika',
    ]);
  });

  it('reports a subject that its phase does not have, and changes neither', () => {
    const pairs = read.problems.filter(({ kind }) => kind === 'impossible_pair');
    expect(pairs.length).toBeGreaterThan(0);
    for (const { rowNumber, message } of pairs) {
      const { subject, level } = at(rowNumber - 1)?.fields ?? {};
      expect([subject, level]).toEqual([expect.stringMatching(/^IP[AS]$/), 'Fase C']);
      expect(message).toMatch(
        `Row ${rowNumber}: the curriculum does not have ${subject} in Fase C.`,
      );
    }
  });

  it('shows a formula as its text', () => {
    expect(at(17)?.fields.description).toMatch(/^=HYPERLINK\(/);
  });

  it('never takes a cell error for a value', () => {
    expect(at(18)?.fields).not.toHaveProperty('description');
    expect(at(19)?.fields).not.toHaveProperty('description');
    expect(problemAt(18)).toMatchObject({ kind: 'cell_error' });
    expect(problemAt(19)).toMatchObject({ kind: 'cell_error' });
  });

  it('reads dates and numbers as text', () => {
    expect([20, 21, 22].map((row) => at(row)?.metadata['DURATION_MIN'])).toEqual([
      '45992',
      '1-2',
      '35,5',
    ]);
  });

  it('keeps what begins like a formula, line breaks, long texts and emoji to the letter', () => {
    for (const row of [27, 28, 29, 30, 31, 32, 33]) {
      expect(at(row)?.fields.title).toBe(messy[row]?.[0]);
      expect(at(row)?.fields.description).toBe(String(messy[row]?.[2]).trim());
    }
  });

  it('reports rows without a title and the total by their number', () => {
    expect(problemAt(34)).toMatchObject({ kind: 'no_title', rowNumber: 35 });
    expect(problemAt(35)).toMatchObject({ kind: 'no_title' });
    expect(problemAt(67)).toMatchObject({ kind: 'total' });
  });

  it('puts a new row after the last material, above blank rows and the total', () => {
    expect(read.nextRow).toBe(64);
  });
});

describe('an id', () => {
  const header = matchHeader(
    [
      [
        ...['SUBJECT_NAME', 'MATERIAL_TITLE', 'MATERIAL_DESC', 'MATERIAL_TYPE', 'MATERIAL_LEVEL'],
        ...['MATERIAL_THEME', 'MATERIAL_SUBTHEME', 'MATERIAL_ID'],
      ],
    ],
    'Katalog',
  );
  const id = '0192f0c1-7b7a-7c3e-9d2f-4a5b6c7d8e9f';
  const row = (text: string) => ['IPA', 'Air', '', 'Video', 'Fase D', '', '', text];

  it('in capitals is the same id', () => {
    const { materials, problems } = materialRows([[], row(id.toUpperCase())], header);
    expect(materials).toMatchObject([{ id, fields: { id } }]);
    expect(problems).toEqual([]);
    expect(rowKey(row(id.toUpperCase()), header.columns)).toBe(rowKey(row(id), header.columns));
  });

  it('that the portal did not make is reported, and new rows go below its row', () => {
    const { materials, problems, nextRow } = materialRows([[], row('A-17')], header);
    expect(materials).toEqual([]);
    expect(problems).toMatchObject([{ rowNumber: 2, kind: 'bad_id' }]);
    expect(nextRow).toBe(2);
  });

  it('does not depend on where its row is: one reading serves a row that has moved', () => {
    const readings: string[] = [];
    const reader = rowReader(header, []);
    const { materials } = materialRows([[], [], row(id)], header, (cells, at) => {
      readings.push(`${at} ${String(cells[7] ?? '')}`);
      return reader(cells, 0);
    });
    expect(readings).toEqual(['1 ', `2 ${id}`]);
    expect(materials).toMatchObject([{ row: 2, id }]);
  });
});
