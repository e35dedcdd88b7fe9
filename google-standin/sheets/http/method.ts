import { applyFields } from '../../http/fieldMask.ts';
import {
  refuseLackingParameters,
  refuseUnknownFields,
  refuseUnknownParameters,
  sheetsNames,
} from '../../names/index.ts';
import { refuseLackingFields } from './answerMask.ts';
import type { Spreadsheet } from '../model/spreadsheet.ts';

/** Any of these lets a caller write. */
export const writeScopes = ['spreadsheets', 'drive', 'drive.file'];

/** A method's request, over HTTP or within this process. */
export interface MethodRequest {
  readonly query: URLSearchParams;
  /** The parts of the path after the spreadsheet's id. */
  readonly params: Readonly<Record<string, string>>;
  /** Parses the body's JSON. */
  readonly body: () => unknown;
}

/** A method of Sheets v4 on a spreadsheet that the caller may reach. */
export interface Method {
  /** The name in faults and request counts: `values.batchGet`. */
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
  readonly handle: (spreadsheet: Spreadsheet, request: MethodRequest, user: string) => object;
}

/** @throws GoogleError for a parameter or a field mask that Google does not know or the stand-in lacks */
export function checkQuery(method: Method, query: URLSearchParams): void {
  refuseUnknownParameters(sheetsNames, method.name, query);
  refuseLackingParameters(sheetsNames, method.name, query, method.parameters);
  refuseUnknownFields(sheetsNames, method.answer, query.get('fields'));
  refuseLackingFields(query.get('fields'));
}

/** Carries out a method and cuts its answer to the field mask. Check the query first. */
export function answerMethod(
  method: Method,
  spreadsheet: Spreadsheet,
  request: MethodRequest,
  user: string,
): object {
  return applyFields(method.handle(spreadsheet, request, user), request.query.get('fields'));
}
