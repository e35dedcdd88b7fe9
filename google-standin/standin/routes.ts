import { faultSchema, isForGeminiOnly } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { RequestLog } from '../faults/requestLog.ts';
import { GoogleError } from '../http/googleError.ts';
import type { Route } from '../http/route.ts';
import { control, parseControl } from '../http/control.ts';
import { spreadsheetRoutes } from './spreadsheets.ts';
import type { Store } from '../store/store.ts';

/** The controls that Google does not have: faults, request counts, spreadsheets, people's edits. */
export function standInRoutes(
  store: Store,
  faults: Faults,
  requests: RequestLog,
  root: () => string,
): Route[] {
  return [
    control('POST', /^\/stand-in\/faults$/, ({ text }) => {
      const asked = parseControl(faultSchema, text);
      if (isForGeminiOnly(asked) && asked.service !== 'gemini') {
        throw new GoogleError(400, `A fault of the kind ${asked.kind} can only strike gemini.`);
      }
      return { status: 201, body: { id: faults.add(asked) } };
    }),
    control('GET', /^\/stand-in\/faults$/, () => ({ body: { faults: faults.list() } })),
    control('DELETE', /^\/stand-in\/faults$/, () => {
      faults.remove();
      return { body: {} };
    }),
    control('DELETE', /^\/stand-in\/faults\/(?<id>[^/]+)$/, ({ params }) => {
      const id = params['id'] ?? '';
      if (!faults.remove(id)) throw new GoogleError(404, `There is no fault ${id}.`);
      return { body: {} };
    }),
    control('GET', /^\/stand-in\/requests$/, () => ({ body: requests.list() })),
    control('DELETE', /^\/stand-in\/requests$/, () => {
      requests.reset();
      return { body: {} };
    }),
    ...spreadsheetRoutes(store, root),
  ];
}
