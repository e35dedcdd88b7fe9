import type { Patience } from '../../google/index.ts';
import type { MaterialId } from '../../material/index.ts';

/** The functions that direct mode gets from its caller. */
export interface DirectHost extends Patience {
  /** A new UUIDv7. */
  newId(): MaterialId;
}
