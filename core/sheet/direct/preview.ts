import { tasksOf, type DirectRequest, type RefusalCode, type Task } from '../../items/index.ts';
import { cellAt, cellText, readPatiently } from '../../google/index.ts';
import { columnIndex, plainName, type SheetRow } from '../../material/index.ts';
import type { CatalogSheet } from '../catalog/index.ts';
import type { Snapshot } from '../journal/index.ts';
import type { DirectHost } from './host.ts';
import { nextStep } from './step.ts';
import { stoppingOnes, stopOnRefusal } from './write.ts';

/** One cell that a write would change: its field or header, and its texts. */
export interface CellDifference {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What a write would do with one item. */
export type DirectPreview =
  | {
      readonly kind: 'created' | 'updated' | 'unchanged';
      /** The row as it is now; null: the write would add one. */
      readonly row: SheetRow | null;
      readonly differences: readonly CellDifference[];
      /** Columns that a write would leave, because their cell holds a formula. */
      readonly formulas: readonly string[];
    }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string };

/**
 * Says what `writeMaterials` would do, by the same plan, and writes nothing: one read.
 *
 * @returns a preview for each item, in their order
 * @throws as writeMaterials does
 */
export async function previewMaterials(
  sheet: CatalogSheet,
  request: DirectRequest,
  host: DirectHost,
  { lenient = false }: { readonly lenient?: boolean } = {},
): Promise<DirectPreview[]> {
  const snapshot = await readPatiently(host, () => sheet.read());
  const { tasks, refusals } = tasksOf(request, snapshot.header, () => host.newId());
  const found = { snapshot, shape: null, skipped: new Set<number>(), mayHaveWritten: false };
  const step = nextStep(tasks, request, found, new Date(host.now()).toISOString());
  const refused = new Map([
    ...refusals,
    ...step.refused.flatMap(({ task, error }) => task.items.map((item) => [item, error] as const)),
  ]);
  if (!lenient) stopOnRefusal(stoppingOnes(refused, request));
  const previews = new Map<number, DirectPreview>();
  for (const [item, { code, message }] of refused) {
    previews.set(item, { kind: 'refused', code, message });
  }
  for (const task of step.tasks) {
    const preview = previewOf(task, snapshot);
    for (const item of task.items) previews.set(item, preview);
  }
  const unchanged: DirectPreview = { kind: 'unchanged', row: null, differences: [], formulas: [] };
  return request.items.map((_, item) => previews.get(item) ?? unchanged);
}

function previewOf({ row, wanted, settled }: Task, { header, rows }: Snapshot): DirectPreview {
  const differences = [...wanted]
    .filter(([column]) => !settled.has(column))
    .map(([column, after]) => {
      const index = header === null ? undefined : columnIndex(column, header);
      const before = row === null ? '' : cellText(cellAt(rows[row.row], index));
      return { field: plainName(column), before, after };
    });
  const formulas = [...settled].flatMap(([column, { kind }]) =>
    kind === 'formula' ? [plainName(column)] : [],
  );
  const change = differences.length === 0 ? 'unchanged' : 'updated';
  return { kind: row === null ? 'created' : change, row, differences, formulas };
}
