import type { Parts } from '../../../local/process/parts.ts';

/** What was started before the tests and is stopped after them; both run in one process. */
export const running: {
  parts?: Parts;
  giveBack?: () => void;
  dropTemplate?: () => Promise<void>;
} = {};
