import {
  openSheet,
  writeMaterials,
  type CellValue,
  type DirectResult,
  type SheetTransport,
} from '../../core/index.ts';
import { IMPATIENT } from '../harness/impatientHost.ts';
import { TAB, type MemorySheet } from './memorySheet.ts';
import type { Token, Tokens } from './tokens.ts';

/** A node's run in direct mode. */
export interface NodeRun {
  readonly operation: 'create' | 'update' | 'createOrUpdate';
  /** Which row it updates, from 1 below the header. */
  readonly row: number;
  readonly field: 'description' | 'aiSummary' | 'Catatan Guru';
  /** It is killed right after its first write. */
  readonly isKilled: boolean;
}

const HEADER_OF = {
  description: 'MATERIAL_DESC',
  aiSummary: 'AI_SUMMARY',
  'Catatan Guru': 'Catatan Guru',
} as const;

/** What the nodes of one history returned, and what the runs without a result had meant to replace. */
export class NodeOutputs {
  readonly texts = new Set<string>();

  /** All texts of a result: old values, conflicts, and texts that could not be placed. */
  add(result: unknown): void {
    if (typeof result === 'string') this.texts.add(result);
    else if (typeof result === 'object' && result !== null && !(result instanceof Error)) {
      for (const value of Object.values(result)) this.add(value);
    }
  }
}

interface NodeWorld {
  readonly sheet: MemorySheet;
  readonly tokens: Tokens;
  readonly outputs: NodeOutputs;
  readonly transport: SheetTransport;
  /** Google answers one of its writes with an error. */
  readonly isDisturbed: boolean;
}

/** Runs a node beside the API. */
export async function runNode(world: NodeWorld, run: NodeRun): Promise<void> {
  const asked = ask(world, run);
  if (asked === null) return;
  const { operation } = run;
  const key = operation === 'createOrUpdate' ? ['title'] : ['id'];
  const request = { operation, key, items: [asked.item] };
  let result: DirectResult | undefined;
  try {
    const catalog = openSheet(world.transport, TAB);
    [result] = await writeMaterials(catalog, request, IMPATIENT, { lenient: true });
  } finally {
    note(world, run, asked, result);
  }
}

interface Asked {
  readonly item: Readonly<Record<string, string>>;
  readonly title: Token;
  readonly text: Token;
  /** What the cells held that the run may mean to write: several rows may have the title. */
  readonly replaced: readonly string[];
}

/** What the node is given; null: there is no such row. */
function ask({ sheet, tokens }: NodeWorld, { operation, row, field }: NodeRun): Asked | null {
  const rows = sheet.entered();
  const top = rows.findIndex((cells) => cells.includes('MATERIAL_TITLE'));
  const column = (name: string) => (rows[top] ?? []).indexOf(name);
  const cell = (name: string) => String(rows[top + row]?.[column(name)] ?? '');
  if (operation === 'create') {
    const title = tokens.written('Dari simpul');
    const text = tokens.written('simpul');
    const item = { subject: 'IPA', title: title.text, type: 'Video', [field]: text.text };
    return { item, title, text, replaced: [] };
  }
  const title = tokens.get(cell('MATERIAL_TITLE'));
  const id = cell('MATERIAL_ID');
  const header = HEADER_OF[field];
  const isThere = title !== undefined && column(header) >= 0;
  if (!isThere || (operation === 'update' && id === '')) return null;
  const text = tokens.written('simpul');
  for (const mark of sheet.mark([{ row: top + row, column: column(header) }])) {
    if (mark !== null) text.places.add(mark);
  }
  if (operation === 'update') text.home = { materialId: id.toLowerCase(), header };
  const item = { ...(operation === 'update' ? { id } : { title: title.text }), [field]: text.text };
  const texts = (cells: readonly CellValue[]) => cells.map(String);
  const same = rows.filter((cells) => texts(cells)[column('MATERIAL_TITLE')] === title.text);
  return { item, title, text, replaced: same.map((cells) => texts(cells)[column(header)] ?? '') };
}

/** Notes what the run says that it did. */
function note(
  { tokens, outputs, isDisturbed }: NodeWorld,
  { operation, field }: NodeRun,
  { title, text, replaced }: Asked,
  result: DirectResult | undefined,
): void {
  if (result === undefined || result.kind === 'failed') {
    // Nobody has the result of such a run. Its user wanted the old value replaced.
    outputs.add(replaced);
    if (operation !== 'update') text.isFree = title.isFree = true;
    return;
  }
  if (result.kind === 'refused') {
    // A batch without an answer may be in the sheet all the same.
    if (!isDisturbed) return;
    outputs.add(replaced);
    text.isFree = true;
    return;
  }
  outputs.add({ ...result, row: null });
  // People merged its MATERIAL_ID with another cell: the row is there, with another id.
  if (result.notKept.includes('id')) {
    text.isFree = title.isFree = true;
    return;
  }
  const home = { materialId: String(result.id), header: HEADER_OF[field] };
  text.home = home;
  if (result.kind === 'created') {
    const ofTitle = { ...home, header: 'MATERIAL_TITLE' };
    // The row of this title was gone, or a mistake was in it: so there is one more.
    if (operation === 'create') tokens.accept(title, ofTitle);
    else title.isFree = true;
  }
  if (result.notKept.length + result.notConfirmed.length + result.conflicts.length > 0) return;
  if (result.kind === 'created' || Object.keys(result.before).length > 0) tokens.accept(text, home);
}
