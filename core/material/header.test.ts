import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { COLUMNS, FIELDS } from './columns.ts';
import { HeaderError, matchHeader } from './header.ts';

const REQUIRED = FIELDS.filter((field) => !COLUMNS[field].added).map((f) => COLUMNS[f].header);

describe('a header', () => {
  it('is found below a title row, by meaning, with marks, blanks and another order', () => {
    const messy = JSON.parse(readFileSync('test/data/catalog-messy.json', 'utf8')) as unknown[][];
    const header = matchHeader(messy, 'Katalog');
    expect(header.row).toBe(1);
    expect(header.columns).toEqual({
      title: 0,
      subject: 1,
      description: 2,
      type: 3,
      level: 4,
      theme: 5,
      subtheme: 6,
      url: 11,
    });
    expect(header.metadata).toEqual([
      { name: 'AUTHOR', column: 8 },
      { name: 'DURATION_MIN', column: 9 },
      { name: 'Catatan Guru', column: 10 },
    ]);
  });

  it('is found in any order of its columns', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(REQUIRED, { minLength: REQUIRED.length }), (headers) => {
        const { columns } = matchHeader([headers], 'Katalog');
        for (const field of FIELDS) {
          if (!COLUMNS[field].added)
            expect(headers[columns[field] ?? -1]).toBe(COLUMNS[field].header);
        }
      }),
    );
  });

  it('that lacks a column is refused with the name of the column, the tab and what is there', () => {
    const headers = REQUIRED.filter((header) => header !== 'MATERIAL_TITLE');
    expect(() => matchHeader([['Katalog 2026'], headers], 'Katalog 2026')).toThrow(HeaderError);
    expect(() => matchHeader([['Katalog 2026'], headers], 'Katalog 2026')).toThrow(
      /Column MATERIAL_TITLE is missing from "Katalog 2026" \(header row 2 has: SUBJECT_NAME, /,
    );
  });

  it('that lacks a column suggests the misspelt one, and lists a bounded number of others', () => {
    const headers = REQUIRED.map((name) => (name === 'MATERIAL_DESC' ? 'MATERIAL_DECS' : name));
    const further = Array.from({ length: 50 }, () => 'x'.repeat(1_000));
    const missing = () => matchHeader([[...headers, ...further]], 'Katalog');
    expect(missing).toThrow('Is "MATERIAL_DECS" meant to be MATERIAL_DESC? Then rename it.');
    expect(missing).toThrow(expect.objectContaining({ code: 'column_missing' }));
    expect(missing).toThrow(/^.{1,2000}$/);
  });

  it('with a column twice is refused, for either could be meant', () => {
    expect(() => matchHeader([[...REQUIRED, 'Judul']], 'Katalog')).toThrow(
      /Column MATERIAL_TITLE stands twice .*"MATERIAL_TITLE" and "Judul"/,
    );
  });

  it('knows the first of further columns that have one name', () => {
    const { metadata } = matchHeader([[...REQUIRED, 'Catatan', 'Catatan']], 'Katalog');
    expect(metadata).toEqual([{ name: 'Catatan', column: REQUIRED.length }]);
  });

  it('is not made of a row that merely says "Materi"', () => {
    expect(() =>
      matchHeader(
        [
          ['Judul', 'x'],
          ['a', 'b'],
        ],
        'Catatan',
      ),
    ).toThrow(/No header row/);
  });
});
