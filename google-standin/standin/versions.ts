import * as z from 'zod/v4-mini';
import { GoogleError } from '../http/googleError.ts';
import type { Route } from '../http/route.ts';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
import type { Store } from '../store/store.ts';
import { control, parseControl } from '../http/control.ts';

const restoringSchema = z.strictObject({ version: z.int() });

/** The version history, as people have it. Google's APIs cannot restore a version. */
export function versionRoutes(
  store: Store,
  one: string,
  existing: (id: string | undefined) => Spreadsheet,
): Route[] {
  return [
    control('GET', new RegExp(`^${one}/versions$`), ({ params }) => {
      const versions = store.versions(existing(params['id']).spreadsheetId);
      return {
        body: {
          versions: versions.map(({ version, modifiedTime }) => ({ version, modifiedTime })),
        },
      };
    }),
    control('POST', new RegExp(`^${one}/versions/restore$`), ({ params, text }) => {
      const { spreadsheetId } = existing(params['id']);
      const { version } = parseControl(restoringSchema, text);
      if (!store.restore(spreadsheetId, version)) {
        throw new GoogleError(404, `There is no version ${version} to restore.`);
      }
      return { body: { version: existing(spreadsheetId).version } };
    }),
  ];
}
