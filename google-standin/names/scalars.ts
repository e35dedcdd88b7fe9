import * as z from 'zod/v4-mini';

/** Scalars as Google reads them, in JSON and in a query (measured in brekkylab/backlot, protojson.py). */

const yes = ['true', 't', 'yes', 'y', '1'];
const no = ['false', 'f', 'no', 'n', '0'];
const spellingSchema = z
  .string()
  .check(z.refine((text) => [...yes, ...no].includes(text.toLowerCase())));

/** A boolean, in quotes too, or 1 and 0. */
export const googleBooleanSchema = z.pipe(
  z.union([z.boolean(), z.literal([0, 1]), spellingSchema], 'TYPE_BOOL'),
  z.transform((given) =>
    typeof given === 'string' ? yes.includes(given.toLowerCase()) : Boolean(given),
  ),
);

/** One of an enum's names, in capitals or not. `type` names the enum in Google's errors. */
export function googleEnum<const T extends string>(
  names: readonly T[],
  type: string,
  packageName = 'google.apps.sheets.v4',
) {
  return z.pipe(
    z.transform((given: unknown) => (typeof given === 'string' ? given.toUpperCase() : given)),
    z.enum(names, `type.googleapis.com/${packageName}.${type}`),
  );
}
