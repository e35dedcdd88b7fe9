import { z } from 'zod/v4';
import type { MaterialRecord } from './repository.ts';

/**
 * Both values of a cell that a person changed in the sheet while the portal changed it too. The material
 * shows the sheet's value. `at` is when sync found the conflict, ISO 8601.
 */
const conflictSchema = z.object({ sheet: z.string(), portal: z.string(), at: z.string() });
export type Conflict = z.infer<typeof conflictSchema>;

/** A material's conflicts by field, as sync wrote them down. */
export function conflictsOf(row: MaterialRecord): Record<string, Conflict> {
  return z.record(z.string(), conflictSchema).parse(row.conflicts);
}
