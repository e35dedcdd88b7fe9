import * as z from 'zod/v4-mini';

/** The stand-in's own controls, as tests use them. */

export async function control(
  google: { url: string },
  verb: string,
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(`${google.url}/stand-in${path}`, {
    method: verb,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return response.json();
}

export async function addFault(google: { url: string }, fault: object): Promise<string> {
  const answer = await control(google, 'POST', '/faults', fault);
  return z.parse(z.object({ id: z.string() }), answer).id;
}

export async function makeSpreadsheet(
  google: { url: string },
  tabs: { title: string; values?: string[][]; rowCount?: number; columnCount?: number }[],
  more: { title?: string; shared?: boolean } = {},
): Promise<string> {
  const answer = await control(google, 'POST', '/spreadsheets', { title: 'Uji', tabs, ...more });
  return z.parse(z.object({ spreadsheetId: z.string() }), answer).spreadsheetId;
}

/** The owner protects cells of a tab, without `a1` all of them; answers the protection's id. */
export async function protect(
  google: { url: string },
  spreadsheetId: string,
  what: { tab: string; a1?: string },
): Promise<number> {
  const answer = await control(google, 'POST', `/spreadsheets/${spreadsheetId}/protect`, what);
  return z.parse(z.object({ protectedRangeId: z.number() }), answer).protectedRangeId;
}

const dumpedSchema = z.object({
  version: z.number(),
  tabs: z.array(
    z.object({
      title: z.string(),
      sheetId: z.number(),
      rowCount: z.number(),
      columnCount: z.number(),
      values: z.array(z.array(z.string())),
      entered: z.array(z.array(z.union([z.string(), z.number(), z.boolean()]))),
    }),
  ),
  namedRanges: z.array(z.looseObject({ namedRangeId: z.string() })),
});

export async function dump(google: { url: string }, spreadsheetId: string) {
  return z.parse(dumpedSchema, await control(google, 'GET', `/spreadsheets/${spreadsheetId}`));
}

/** Waits until a condition holds; a test's own time limit ends it. */
export async function until(condition: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
}
