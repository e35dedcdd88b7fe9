import { jobCode, ItemFailure } from '../../shared/items/itemFailure.ts';

/**
 * The `error.code` of an item that failed: a closed list, explained in `docs/nodes.md`. Workflows
 * branch on them, so a code never changes its meaning.
 */
export const CATALOG_CODES = [
  'ambiguous',
  'busy',
  'column_missing',
  'duplicate',
  'hidden_row',
  'invalid_setting',
  'invalid_value',
  'key_missing',
  'no_access',
  'not_found',
  'nothing_to_write',
  'protected',
  'refused',
  'stale',
  'tab_missing',
  'undecided',
  'unexpected_answer',
  'unreachable',
  'workflow_error',
] as const;
export type CatalogCode = (typeof CATALOG_CODES)[number];

interface Circumstances {
  /** The remedy, for the designer of the workflow. */
  readonly advice?: string;
  /** The portal's HTTP status, if it answered. */
  readonly status?: number;
  /** The item that failed, where all are worked on at once. */
  readonly item?: number;
}

/** Faults that pass: the same request may succeed later. */
const PASSING: readonly CatalogCode[] = ['busy', 'unreachable'];

/** The failure of one item of Materi Catalog. */
export function catalogFailure(
  code: CatalogCode,
  message: string,
  circumstances: Circumstances = {},
): ItemFailure {
  return new ItemFailure(jobCode(code), message, {
    ...circumstances,
    retryable: PASSING.includes(code),
    itemCode: code,
  });
}
