import { invalid } from '../../http/googleError.ts';
import { InvalidChange } from '../draft/draft.ts';

/**
 * Carries out a change of the values methods, which answer what a spreadsheet does not allow with
 * its text alone.
 *
 * @throws GoogleError 400 above the limit of cells, or where cells are protected from the caller
 */
export function refusable<T>(change: () => T): T {
  try {
    return change();
  } catch (error) {
    throw error instanceof InvalidChange ? invalid(error.message) : error;
  }
}
