import { v7 as uuidv7 } from 'uuid';
import { materialIdSchema, type DirectHost } from '../../core/index.ts';

/** What direct mode needs of the world, in a test that tries nobody's patience: nothing waits. */
export const IMPATIENT: DirectHost = {
  newId: () => materialIdSchema.parse(uuidv7()),
  now: () => 0,
  random: () => 0,
  sleep: () => Promise.resolve(),
  deadline: Infinity,
  attempts: 5,
};
