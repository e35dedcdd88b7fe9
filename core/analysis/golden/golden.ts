import * as z from 'zod/v4-mini';
import { materialTextSchema } from '../../material/index.ts';
import { FAULT_KINDS } from '../issue.ts';

/** The kinds of which every item may have spoilt variants. */
export const SPOILT_KINDS = FAULT_KINDS.slice(0, 10);

const patchSchema = z.array(
  z.object({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
);

/**
 * One material with its right analysis and spoilt variants of it. A file has one of them.
 *
 * `seed` and `train`: the checks may be tuned on it. `held-out`: nobody looks at it while tuning.
 */
export const goldenItemSchema = z.strictObject({
  id: z.string().check(z.regex(/^g-\d{3}$/)),
  set: z.enum(['seed', 'train', 'held-out']),
  tags: z.array(z.string()),
  material: materialTextSchema,
  right: z.record(z.string(), z.unknown()),
  spoilt: z.array(
    z.strictObject({
      kind: z.enum(SPOILT_KINDS),
      patch: patchSchema,
      expect: z.strictObject({
        path: z.string(),
        verdict: z.enum(['refuse', 'review', 'missed']),
      }),
      note: z.optional(z.string()),
    }),
  ),
});
export type GoldenItem = z.infer<typeof goldenItemSchema>;
export type Patch = z.infer<typeof patchSchema>;

/** Applies a patch (RFC 6902, `replace` alone) to a copy of a right analysis. */
export function patched(right: object, patch: Patch): object {
  return patch.reduce((whole, { path, value }) => {
    const names = path.slice(1).split('/');
    return z.parse(z.custom<object>(), replaced(whole, names, value));
  }, right);
}

function replaced(whole: unknown, [name, ...deeper]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  if (Array.isArray(whole)) {
    return whole.map((entry: unknown, at) =>
      String(at) === name ? replaced(entry, deeper, value) : entry,
    );
  }
  const object = z.parse(z.record(z.string(), z.unknown()), whole);
  return { ...object, [name]: replaced(object[name], deeper, value) };
}
