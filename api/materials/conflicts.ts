import type { MaterialRecord } from './repository.ts';
import { conflictsSchema, type Conflict } from './schemas.ts';

/** A material's conflicts by field, as sync wrote them down. */
export function conflictsOf(row: MaterialRecord): Record<string, Conflict> {
  return conflictsSchema.parse(row.conflicts);
}
