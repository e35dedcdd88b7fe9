import { randomBytes } from 'node:crypto';
import { applyBatch } from '../sheets/batch/index.ts';
import { Draft } from '../sheets/draft/draft.ts';
import {
  defaultGrid,
  maxCellCharacters,
  type Row,
  type Spreadsheet,
} from '../sheets/model/spreadsheet.ts';
import type { SomeUnknowns } from '../sheets/model/unknowns.ts';
import { applyAppend, type ValuesAppended } from '../sheets/values/append.ts';
import { applyClear } from '../sheets/values/clear.ts';
import type { ValuesAppend, ValuesBatch, ValuesUpdate } from '../sheets/values/messages.ts';
import { applyUpdate, applyValues, type ValuesWritten } from '../sheets/values/write.ts';
import { damagedLog, Journal } from './journal.ts';
import { parseEntry, type Entry, type NewTab } from './saved.ts';
import { restored, withVersion } from './versions.ts';

type CreateEntry = Extract<Entry, { kind: 'create' }>;
type UnknownsEntry = Extract<Entry, { kind: 'unknowns' }>;
type ChangeEntry = Exclude<Entry, CreateEntry | UnknownsEntry>;

export interface Changed<R> {
  readonly spreadsheet: Spreadsheet;
  readonly replies: R;
}

/**
 * All spreadsheets. A change is applied to a draft, written to the journal, and only then made current and
 * answered. All of this happens without waiting, so the changes of a spreadsheet come one after another, as
 * in Google. The journal also has the account that made the change (`by`), because a replay checks its
 * permissions again. Without an account, the spreadsheet's owner made the change.
 */
export class Store {
  private readonly spreadsheets = new Map<string, Spreadsheet>();
  private readonly earlier = new Map<string, readonly Spreadsheet[]>();
  private readonly journal: Journal | null;

  private constructor(journal: Journal | null) {
    this.journal = journal;
  }

  /**
   * Opens the state in a folder, or one that lives in memory only.
   * @throws DamagedFile
   */
  static open(folder: string | undefined): Store {
    if (folder === undefined) return new Store(null);
    const { journal, snapshot, entries } = Journal.open(folder);
    const store = new Store(journal);
    for (const spreadsheet of snapshot) {
      store.spreadsheets.set(spreadsheet.spreadsheetId, spreadsheet);
    }
    try {
      for (const entry of entries) store.replay(parseEntry(entry));
    } catch {
      throw damagedLog(folder);
    }
    if (entries.length > 0) store.save();
    return store;
  }

  list(): Spreadsheet[] {
    return [...this.spreadsheets.values()];
  }

  get(spreadsheetId: string): Spreadsheet | undefined {
    return this.spreadsheets.get(spreadsheetId);
  }

  create(
    title: string,
    tabs: readonly NewTab[],
    shared: boolean,
    unknowns: SomeUnknowns = {},
  ): Spreadsheet {
    const spreadsheetId = `1${randomBytes(32).toString('base64url')}`.slice(0, 44);
    const kind = 'create';
    const entry: CreateEntry = { at: now(), kind, spreadsheetId, title, tabs, shared, unknowns };
    return this.commit(entry, { spreadsheet: newSpreadsheet(entry), replies: null }).spreadsheet;
  }

  batchUpdate(spreadsheetId: string, requests: readonly unknown[], by?: string): Changed<object[]> {
    const entry: ChangeEntry = { at: now(), by, kind: 'batchUpdate', spreadsheetId, requests };
    return this.change(entry, (draft) => applyBatch(draft, requests));
  }

  /**
   * Applies a batch as `batchUpdate` does, and shows the state right after it.
   *
   * @param show may throw: the batch is then not applied
   */
  batchUpdateAndShow<S>(
    spreadsheetId: string,
    requests: readonly unknown[],
    by: string,
    show: (updated: Spreadsheet) => S,
  ): Changed<{ replies: object[]; shown: S }> {
    const entry: ChangeEntry = { at: now(), by, kind: 'batchUpdate', spreadsheetId, requests };
    const { spreadsheet, replies } = this.changed(entry, (draft) => applyBatch(draft, requests));
    return this.commit(entry, { spreadsheet, replies: { replies, shown: show(spreadsheet) } });
  }

  writeValues(spreadsheetId: string, batch: ValuesBatch, by?: string): Changed<ValuesWritten[]> {
    const entry: ChangeEntry = { at: now(), by, kind: 'values', spreadsheetId, batch };
    return this.change(entry, (draft) => applyValues(draft, batch));
  }

  updateValues(spreadsheetId: string, update: ValuesUpdate, by?: string): Changed<ValuesWritten> {
    const entry: ChangeEntry = { at: now(), by, kind: 'update', spreadsheetId, update };
    return this.change(entry, (draft) => applyUpdate(draft, update));
  }

  appendValues(spreadsheetId: string, append: ValuesAppend, by?: string): Changed<ValuesAppended> {
    const entry: ChangeEntry = { at: now(), by, kind: 'append', spreadsheetId, append };
    return this.change(entry, (draft) => applyAppend(draft, append));
  }

  clearValues(spreadsheetId: string, ranges: readonly string[], by?: string): Changed<string[]> {
    const entry: ChangeEntry = { at: now(), by, kind: 'clear', spreadsheetId, ranges };
    return this.change(entry, (draft) => applyClear(draft, ranges));
  }

  /** Sets some of a spreadsheet's switches. Nothing that clients see changes by itself. */
  setUnknowns(spreadsheetId: string, unknowns: SomeUnknowns): void {
    const entry: UnknownsEntry = { at: now(), kind: 'unknowns', spreadsheetId, unknowns };
    this.journal?.append(entry);
    this.spreadsheets.set(spreadsheetId, this.switched(entry));
  }

  /** The earlier versions that a person may restore, the oldest first, and the current one. */
  versions(spreadsheetId: string): readonly Spreadsheet[] {
    const current = this.spreadsheets.get(spreadsheetId);
    return current ? [...(this.earlier.get(spreadsheetId) ?? []), current] : [];
  }

  /**
   * Restores an earlier version; false when there is none of that number. The state is saved whole:
   * a log would have to repeat the version's content.
   */
  restore(spreadsheetId: string, version: number): boolean {
    const current = this.spreadsheets.get(spreadsheetId);
    const earlier = this.versions(spreadsheetId).find((one) => one.version === version);
    if (!current || !earlier) return false;
    this.makeCurrent(restored(current, earlier, now()));
    this.save();
    return true;
  }

  close(): void {
    this.save();
    this.journal?.close();
  }

  private commit<R>(entry: Entry, changed: Changed<R>): Changed<R> {
    this.journal?.append(entry);
    this.makeCurrent(changed.spreadsheet);
    if (this.journal?.isLong) this.save();
    return changed;
  }

  /** Repeats a change from the journal; it was valid when it was written. */
  private replay(entry: Entry): void {
    if (entry.kind === 'create') this.makeCurrent(newSpreadsheet(entry));
    else if (entry.kind === 'unknowns') {
      this.spreadsheets.set(entry.spreadsheetId, this.switched(entry));
    } else this.makeCurrent(this.changed(entry, (draft) => reapply(draft, entry)).spreadsheet);
  }

  private switched({ spreadsheetId, unknowns }: UnknownsEntry): Spreadsheet {
    const current = this.existing(spreadsheetId);
    return { ...current, unknowns: { ...current.unknowns, ...unknowns } };
  }

  private makeCurrent(spreadsheet: Spreadsheet): void {
    const { spreadsheetId } = spreadsheet;
    const current = this.spreadsheets.get(spreadsheetId);
    if (current) {
      this.earlier.set(spreadsheetId, withVersion(this.earlier.get(spreadsheetId) ?? [], current));
    }
    this.spreadsheets.set(spreadsheetId, spreadsheet);
  }

  private existing(spreadsheetId: string): Spreadsheet {
    const current = this.spreadsheets.get(spreadsheetId);
    if (!current) throw new Error(`There is no spreadsheet ${spreadsheetId}.`);
    return current;
  }

  private change<R>(entry: ChangeEntry, apply: (draft: Draft) => R): Changed<R> {
    return this.commit(entry, this.changed(entry, apply));
  }

  private changed<R>(
    { at, by, spreadsheetId }: ChangeEntry,
    apply: (draft: Draft) => R,
  ): Changed<R> {
    const draft = new Draft(this.existing(spreadsheetId), by);
    const replies = apply(draft);
    return { spreadsheet: draft.finish(at), replies };
  }

  private save(): void {
    this.journal?.save(this.list());
  }
}

function reapply(draft: Draft, entry: ChangeEntry): object {
  switch (entry.kind) {
    case 'batchUpdate':
      return applyBatch(draft, entry.requests);
    case 'values':
      return applyValues(draft, entry.batch);
    case 'update':
      return applyUpdate(draft, entry.update);
    case 'append':
      return applyAppend(draft, entry.append);
    case 'clear':
      return applyClear(draft, entry.ranges);
  }
}

function now(): string {
  return new Date().toISOString();
}

function newSpreadsheet(entry: CreateEntry): Spreadsheet {
  const { spreadsheetId, title, shared, at, unknowns = {} } = entry;
  const times = { createdTime: at, modifiedTime: at };
  const empty = { spreadsheetId, title, shared, ...times, version: 1, unknowns };
  const tabs = entry.tabs.map((tab, sheetId) => {
    const rows = (tab.values ?? []).map(textRow);
    const widest = rows.reduce((width, row) => Math.max(width, row.length), 0);
    return {
      sheetId,
      title: tab.title,
      hidden: false,
      frozenRowCount: 0,
      rowCount: tab.rowCount ?? Math.max(defaultGrid.rowCount, rows.length),
      columnCount: tab.columnCount ?? Math.max(defaultGrid.columnCount, widest),
      rows,
    };
  });
  return { ...empty, tabs, namedRanges: [] };
}

/** Seeded cells are text, as the portal writes them; one that begins with `=` is a formula. */
function textRow(values: readonly string[]): Row {
  return values.map((value) => {
    if (value === '') return null;
    if (value.length > maxCellCharacters)
      throw new Error('A seeded cell has over 50,000 characters.');
    return value.startsWith('=')
      ? { userEnteredValue: { formulaValue: value } }
      : { userEnteredValue: { stringValue: value } };
  });
}
