import type { Unknowns } from '../../google-standin/memory.ts';
import type { NodeRun } from './node.ts';

/** A row of the catalog: from 1 below the header, or the row that the code writes to next or wrote last. */
export type RowRef = number | 'target';

/** What people do to the sheet. Columns are named by their header. */
export type PersonsDeed =
  | { kind: 'insertRow' | 'deleteRow' | 'clearId' | 'capitalId' | 'hideRow'; row: RowRef }
  | { kind: 'pasteRow'; row: RowRef; like: 'new' | 'untitled' | 'copy' }
  | { kind: 'copyRow'; row: RowRef; below: number; edits: string | null }
  | { kind: 'type' | 'clear' | 'merge'; row: RowRef; header: string }
  /** Into a column by its number, from 0, also where it has no header. */
  | { kind: 'typeAt'; row: RowRef; column: number }
  /** Half of a character, as some programs leave it behind; a text that begins with "=". */
  | { kind: 'typeHalf' | 'typeEqualsSign'; row: RowRef; header: string }
  /** Something that is no id, into MATERIAL_ID. */
  | { kind: 'typeBadId'; row: RowRef }
  | { kind: 'sort'; isDescending: boolean; columns: 'all' | 'left' | 'right' }
  | { kind: 'filter'; row: RowRef; header: string }
  | { kind: 'insertColumn' | 'restore'; at: number }
  | { kind: 'insertAbove'; rows: number }
  | { kind: 'deleteColumn'; header: string }
  | { kind: 'moveColumn'; from: number; to: number }
  | {
      kind:
        | 'clearFilter'
        | 'showRows'
        | 'unmerge'
        | 'rename'
        | 'giveNameBack'
        | 'editJournal'
        | 'renameJournal'
        | 'deleteJournal';
    };

/** What happens at one moment, such as between a read and its write. */
export type Deed =
  | PersonsDeed
  | { kind: 'node'; run: NodeRun }
  /** The portal changes a material; the other instance runs a cycle; a batch that Google held arrives. */
  | { kind: 'portal'; what: 'edit' | 'analyse' | 'note'; which: number }
  | { kind: 'other' | 'arrive' };

/** What Google answers to one write. `late`: Google holds the batch, and it arrives later. */
export interface Fault {
  readonly kind: 'busy' | 'away' | 'reset' | 'late';
  readonly when: 'before' | 'after';
  /** Which write of the step, from 0. */
  readonly write: number;
}

/** Where the process ends in a cycle. */
export interface Kill {
  readonly at: 'read' | 'statement' | 'beforeWrite' | 'afterWrite';
  /** Which one of the cycle, from 0. */
  readonly count: number;
}

/** What happens around the writes of one cycle or one node's run; lists for the first and the second. */
export interface Windows {
  readonly beforeWrite: ReadonlyArray<readonly Deed[]>;
  readonly afterWrite: ReadonlyArray<readonly Deed[]>;
}

export type Step =
  | { kind: 'add' }
  | { kind: 'deeds'; deeds: readonly Deed[] }
  | ({ kind: 'cycle'; instance: 0 | 1; fault: Fault | null; kill: Kill | null } & Windows)
  | ({ kind: 'node'; run: NodeRun; fault: Fault | null } & Windows);

export interface History {
  /** What Google does where nobody knows it. */
  readonly google: Partial<Unknowns>;
  readonly steps: readonly Step[];
}
