import * as z from 'zod/v4-mini';
import { digest, isFormula, type Cells } from '../../google/sheets/index.ts';

/** A row's cells as digests, by column. */
export const lineSchema = z.array(z.string());
export type Line = z.infer<typeof lineSchema>;

/** A formula's references change when its row moves: so all formulas have one digest. */
export const FORMULA = '=';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Describes a row by the digests of its cells. An id in capitals is the same id. */
export function lineOf(cells: Cells): Line {
  return cells.map((cell) => {
    if (isFormula(cell)) return FORMULA;
    return digest(typeof cell === 'string' && UUID.test(cell) ? cell.toLowerCase() : cell);
  });
}
