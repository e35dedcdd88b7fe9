import {
  openSheet,
  SheetError,
  writeMaterials,
  type CatalogSheet,
  type DirectResult,
  type Snapshot,
} from '../../../core/index.ts';
import { IMPATIENT } from '../impatientHost.ts';
import { TAB, type Bench } from '../syncBench.ts';
import type { Ledger } from './ledger.ts';

/** A node's run in direct mode. */
export interface NodeRun {
  readonly operation: 'create' | 'update' | 'createOrUpdate';
  /** Which row it updates, from 1 below the header. */
  readonly row: number;
  readonly field: 'description' | 'aiSummary' | 'Catatan Guru';
  /** It is killed between its first write and the read that would confirm it. */
  readonly isKilled: boolean;
}

/** Runs a node beside the API. @param behind what happens between its first read and its write */
export async function runNode(
  bench: Bench,
  ledger: Ledger,
  run: NodeRun,
  behind: () => Promise<void>,
): Promise<void> {
  const text = ledger.newText('simpul');
  const { item, title } = await itemOf(bench, run, text);
  if (item === null) return;
  const { sheet, firstRead } = open(bench, run.isKilled, behind);
  let result: DirectResult | undefined;
  try {
    const { operation } = run;
    const key = operation === 'createOrUpdate' ? ['title'] : ['id'];
    [result] = await writeMaterials(sheet, { operation, key, items: [item] }, IMPATIENT, {
      lenient: true,
    });
  } finally {
    // It says that it failed, or cannot say anything: nobody counts on what it wrote, and what stood
    // in the cell that it meant to write, its run has lost.
    if (result === undefined || result.kind === 'failed') {
      ledger.touch([title]);
      ledger.release(cellsWith(firstRead(), title));
    }
  }
  // Its row was there when it was given the title, and is one of the portal's that was put right since.
  if (result?.kind === 'created' && run.operation !== 'create') ledger.touch([title]);
  if (result?.kind === 'created') ledger.expectRow(result.id, title);
  if (result?.kind === 'created' || result?.kind === 'updated') {
    ledger.release(Object.values(result.before));
    if (result.conflicts.length === 0) ledger.expectText(text);
  }
}

/** What it is given; null: there is no such row. */
async function itemOf(bench: Bench, { operation, row, field }: NodeRun, text: string) {
  const [header = [], ...rows] = await bench.rows();
  const cell = (name: string) => {
    const found = rows[row - 1]?.[header.indexOf(name)];
    return typeof found === 'string' ? found : '';
  };
  if (operation === 'create') {
    const title = `Dari ${text}`;
    return { title, item: { subject: 'IPA', title, type: 'Video', [field]: text } };
  }
  const title = cell('MATERIAL_TITLE');
  const key = operation === 'update' ? { id: cell('MATERIAL_ID') } : { title };
  const isTold = title !== '' && (operation !== 'update' || cell('MATERIAL_ID') !== '');
  return { title, item: isTold ? { ...key, [field]: text } : null };
}

function open(bench: Bench, isKilled: boolean, behind: () => Promise<void>) {
  const real = openSheet(bench.transport, TAB);
  let first: Snapshot | null = null;
  let hasWritten = false;
  const sheet: CatalogSheet = {
    ...real,
    read: async () => {
      if (isKilled && hasWritten) throw new SheetError('no_access', 'killed');
      const snapshot = await real.read();
      first ??= snapshot;
      return snapshot;
    },
    write: async (plan, snapshot) => {
      if (!hasWritten) {
        hasWritten = true;
        await behind();
      }
      await real.write(plan, snapshot);
    },
  };
  return { sheet, firstRead: () => first };
}

function cellsWith(snapshot: Snapshot | null, title: string): unknown[] {
  return (snapshot?.rows ?? []).filter((cells) => cells.includes(title)).flat();
}
