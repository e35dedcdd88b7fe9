import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnIndex, columnLetters, quoteTitle, splitRange } from './a1.ts';
import { copyFormula, shiftFormula } from '../formula/shift.ts';
import { tokenize } from '../formula/tokens.ts';

describe('A1 notation', () => {
  it('column letters and numbers are each other', () => {
    fc.assert(fc.property(fc.nat(18_277), (index) => columnIndex(columnLetters(index)) === index));
    expect(['A', 'Z', 'AA', 'AZ', 'ZZ', 'AAA'].map(columnIndex)).toEqual([0, 25, 26, 51, 701, 702]);
  });

  it('a quoted title is read back, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (title) => {
        expect(splitRange(`${quoteTitle(title)}!A1`)).toEqual({ tab: title, area: 'A1' });
      }),
    );
  });
});

describe('formulas', () => {
  it('are split without losing a letter', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          tokenize(text)
            .map(({ raw }) => raw)
            .join('') === text,
      ),
    );
  });

  it('copied there and back are the same', () => {
    const formula = '=SUM($A5:B$6, Lain!C7) & "A1" & D9';
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), (rows, columns) => {
        expect(copyFormula(copyFormula(formula, rows, columns), -rows, -columns)).toBe(formula);
      }),
    );
  });

  it('mean the same cells after lines were inserted and deleted again', () => {
    const formula = '=A3+SUM(B2:C10)+D$12';
    fc.assert(
      fc.property(fc.nat(15), fc.integer({ min: 1, max: 9 }), (at, count) => {
        const own = (title: string | undefined) => title === undefined;
        const wider = shiftFormula(formula, { dimension: 'ROWS', at, count }, own);
        expect(shiftFormula(wider, { dimension: 'ROWS', at, count: -count }, own)).toBe(formula);
      }),
    );
  });

  it('keep the references to another tab when this one changes', () => {
    const change = { dimension: 'ROWS' as const, at: 0, count: 3 };
    const concerns = (title: string | undefined) => title === 'Lain';
    expect(shiftFormula("=A1+Lain!A1+'Lain'!B:B+Lain!2:3", change, concerns)).toBe(
      "=A1+Lain!A4+'Lain'!B:B+Lain!5:6",
    );
  });
});
