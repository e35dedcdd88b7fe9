import type { RouteRequest } from '../http/route.ts';
import type { Spreadsheet } from './model.ts';

/** Any of these lets a caller write. */
export const writeScopes = ['spreadsheets', 'drive', 'drive.file'];

/** A method of Sheets v4 on a spreadsheet that the caller may reach. */
export interface Method {
  /** As faults and request counts name it: `values.batchGet`. */
  readonly name: string;
  /** In Google's own service, for an error's metadata: `BatchGetValues`. */
  readonly fullName: string;
  readonly verb: 'GET' | 'POST' | 'PUT';
  /** A pattern for what follows the spreadsheet's id. */
  readonly path: string;
  /** The parameters of it that the stand-in implements. */
  readonly parameters: readonly string[];
  /** The message that it answers. */
  readonly answer: string;
  /** A POST that reads and counts as a read. */
  readonly reads?: boolean;
  /** `user` is the address of the account that asks. */
  readonly handle: (spreadsheet: Spreadsheet, request: RouteRequest, user: string) => object;
}
