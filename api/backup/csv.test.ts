import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvColumns, fromCsv, plainText, safeText, toCsv } from './csv.ts';
import { fromJson, toJson } from './material.ts';
import { AWKWARD_TEXTS, savedMaterials } from '../../test/harness/backup.ts';

/** Texts made of what CSV, formulas and this encoding give a meaning to. */
const hostileText = fc.string({
  unit: fc.constantFrom(...Array.from('=+-@\'";,\t\r\n \u00a0＝＠aé😀\u202e')),
  maxLength: 12,
});
const anyText = fc.oneof(hostileText, fc.string({ unit: 'binary', maxLength: 30 }));

/**
 * Where a cell begins, for a program that reads quotes and commas, and for a program that reads neither.
 */
const beginsFormula = (text: string) =>
  /^[ \u00a0]*[=+\-@＝＋－＠]/.test(text) ||
  text.split(/[;\t\r\n]/).some((part) => /^[ \u00a0]*[=+\-@＝＋－＠]/.test(part));

describe('the CSV of a backup', () => {
  it('gives every text back unchanged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ title: anyText, level: anyText }), { maxLength: 4 }),
        (texts) => {
          const materials = savedMaterials(texts);
          const [header, ...rows] = fromCsv(toCsv(materials));
          expect(header).toEqual(csvColumns(materials));
          expect(rows.map((cells) => ({ title: cells[1], level: cells[4] }))).toEqual(texts);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('holds no cell that a spreadsheet program takes for a formula, at commas or at semicolons', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const safe = safeText(text);
        expect(beginsFormula(safe)).toBe(false);
        expect(plainText(safe)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
    expect(safeText('=1+1')).toBe("'=1+1");
    expect(safeText("a;=HYPERLINK(1)\n'- b")).toBe("a;'=HYPERLINK(1)\n''- b");
  });

  it('has the columns of the sheet and the further columns, with no formula in their names', () => {
    const materials = savedMaterials([
      { metadata: { Penulis: 'Sari', '=cmd': '1' } },
      { metadata: { MATERIAL_TITLE: 'x' } },
    ]);
    const [header = [], ...rows] = fromCsv(toCsv(materials));
    expect(header.slice(0, 2)).toEqual(['SUBJECT_NAME', 'MATERIAL_TITLE']);
    expect(header.slice(8, 12)).toEqual(['=cmd', 'MATERIAL_TITLE', 'Penulis', 'MATERIAL_ID']);
    expect(header.at(-1)).toBe('ARCHIVED_AT');
    expect(rows.map((cells) => cells.slice(8, 11))).toEqual([
      ['1', '', 'Sari'],
      ['', 'x', ''],
    ]);
    expect(toCsv(materials).split('\r\n')[0]).toContain(`"'=cmd"`);
  });

  it('has the time of archiving in CSV and JSON', () => {
    const archivedAt = '2026-11-28T01:02:03.000Z';
    const materials = savedMaterials([{ archivedAt }, {}]);
    const cells = fromCsv(toCsv(materials)).map((line) => line.at(-1));
    expect(cells).toEqual(['ARCHIVED_AT', archivedAt, '']);
    expect(fromJson(toJson(materials))).toEqual(materials);
  });

  it('reads a backup without ARCHIVED_AT, from an earlier version, with no archived material', () => {
    const materials = savedMaterials([{ title: 'Daun' }]);
    const earlier = toJson(materials).replace('"archivedAt":"",', '');
    expect(earlier).not.toContain('archivedAt');
    expect(fromJson(earlier)).toEqual(materials);
  });

  it('keeps quotes, line breaks, emoji and 50,000 characters in CSV and JSON', () => {
    const materials = savedMaterials(AWKWARD_TEXTS.map((title) => ({ title })));
    expect(
      fromCsv(toCsv(materials))
        .slice(1)
        .map((cells) => cells[1]),
    ).toEqual(AWKWARD_TEXTS);
    expect(fromJson(toJson(materials))).toEqual(materials);
    expect(fromJson(toJson([]))).toEqual([]);
    expect(fromCsv(toCsv([]))).toEqual([csvColumns([])]);
  });
});
