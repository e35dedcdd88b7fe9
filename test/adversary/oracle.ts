import type { CellValue } from '../../core/index.ts';
import type { FoundCell, MemorySheet } from './memorySheet.ts';
import { isRepeated, RepeatedTexts, type HeadedCell } from './repeatedTexts.ts';
import {
  columnOf,
  excuse,
  excuseStray,
  headersOf,
  idsOfMaterials,
  isAtWork,
  isInCopy,
  isInPlace,
  isNameless,
  isOwn,
  isRight,
  isUnanswered,
  isWithItsCopy,
  letGo,
  place,
  release,
  shown,
  type TokenCell,
} from './tokenCells.ts';
import type { Tokens } from './tokens.ts';

/** What is written down outside of the catalog's cells. */
export interface Records {
  /** The texts of conflicts, the old values of the history, unplaced texts, the output of nodes. */
  readonly texts: ReadonlySet<string>;
  /** The headers under which an overwritten text could not be placed. */
  readonly unplacedHeaders: ReadonlySet<string>;
  /** Texts of further columns in the portal: where the sheet has no such column, they are there alone. */
  readonly metadata: ReadonlySet<string>;
}

/**
 * Follows each token by the hidden marks of cells: what people do decides where a token belongs, what
 * the code does never changes that. The code does not see the marks.
 */
export class Oracle {
  readonly #sheet: MemorySheet;
  readonly #tokens: Tokens;
  readonly #repeated: RepeatedTexts;
  /** Cells that a batch overwrote unseen (see `batch`). */
  unseen = 0;

  constructor(sheet: MemorySheet, tokens: Tokens) {
    this.#sheet = sheet;
    this.#tokens = tokens;
    this.#repeated = new RepeatedTexts(sheet);
  }

  /** Takes the sheet as it is for what people have typed. */
  begin(): void {
    for (const cell of this.#marked(this.#cells())) place(cell);
    this.#repeated.follow([], this.#repeatedCells(), () => false);
  }

  /**
   * Notes which of the code's texts are in their own cells. Called after each write of the code and
   * before each deed, so that a later deed of people is judged by it.
   */
  anchor(): TokenCell[] {
    const cells = this.#marked(this.#cells());
    for (const cell of cells) if (isOwn(cell)) place(cell);
    return cells;
  }

  /**
   * Does what a batch of the code does, and notes which of its texts are in their own cells.
   *
   * One loss is not the code's: the batch hits a row by mistake that is hidden at this moment, and
   * Google leaves it out of the copy. Then nothing shows what was there (docs/architecture.md, Bounds).
   *
   * @param seen the sheet as the batch's writer last saw it: a text that it saw there is not excused
   */
  async batch(change: () => Promise<void>, seen: readonly CellValue[][]): Promise<void> {
    const uncopied = this.#sheet.uncopiedRows();
    const isUnseen = ({ row, column }: FoundCell, text: string) =>
      uncopied.has(row) && text !== String(seen[row]?.[column] ?? '');
    const before = this.anchor();
    const unseenRows = new Set(
      this.#cells().flatMap((cell) => (isUnseen(cell, cell.text) ? [cell.row] : [])),
    );
    const repeated = this.#repeatedCells().filter(
      (cell) => unseenRows.has(cell.row) || isUnseen(cell, cell.text),
    );
    await change();
    const now = this.anchor();
    const unseen = new Set(repeated.map(({ mark }) => mark));
    this.#repeated.release(this.#repeatedCells(), (mark) => unseen.has(mark));
    const is = new Map(now.map((cell) => [cell.mark, cell]));
    const was = new Map(before.map((cell) => [cell.mark, cell]));
    const oldRows = new Set(now.flatMap(({ mark, row }) => (was.has(mark) ? [row] : [])));
    for (const cell of before) {
      if (cell.mark === null || is.get(cell.mark)?.token === cell.token) continue;
      // The code has cleared what it wrote itself. A text of its own is still owed.
      const isOfCode = cell.token.by === 'code' || !cell.token.isOwed;
      const isTakenBack = isAtWork(cell.token);
      if (isTakenBack) cell.token.places.delete(cell.mark);
      if (isTakenBack || (isOfCode && !is.has(cell.mark))) cell.token.kept.delete(cell.mark);
      if (!isUnseen(cell, cell.text)) continue;
      release(cell.token, cell.mark);
      this.unseen += 1;
    }
    for (const cell of now) {
      if (cell.mark === null || was.get(cell.mark)?.token === cell.token) continue;
      cell.token.hasMissed = !isRight(cell) && oldRows.has(cell.row);
      if (isRight(cell)) continue;
      if (uncopied.has(cell.row)) excuseStray(cell);
    }
  }

  /**
   * Does what people do, and follows where their texts and the code's are afterwards.
   *
   * @param isWhole people give the whole spreadsheet an earlier state: what is not in it they took away
   */
  deed(change: () => void, isWhole = false): void {
    const before = this.anchor();
    // A node's new row, before the node has answered: it is where the node put it.
    for (const cell of before) if (isUnanswered(cell.token)) place(cell);
    const { row: top, texts } = headersOf(this.#sheet.texts());
    const idColumn = [...texts].find(([, text]) => text === 'MATERIAL_ID')?.[0] ?? -1;
    const isCovered = (row: number) => row > top && this.#sheet.isCovered(row, idColumn);
    // A merge hides the id of this row. When a person unmerges the cells, the row may show another id.
    for (const cell of before) if (isNameless(cell) && isCovered(cell.row)) excuse(cell);
    const wasRight = new Set(before.filter(isRight).map(({ token }) => token));
    const was = new Map(before.map(({ mark, token }) => [mark, token]));
    const marksBefore = this.#sheet.marks();
    const owed = this.#tokens.all().filter(({ isOwed }) => isOwed);
    const repeated = this.#marked(this.#repeatedCells());
    change();
    const now = this.#marked(this.#cells());
    const ofCode = new Set(now.flatMap(({ token, row }) => (token.by === 'code' ? [row] : [])));
    // An earlier version may have a new row of the code whose other texts a rollback had cleared by then.
    const ofPeople = new Set(now.flatMap(({ token, row }) => (token.by === 'person' ? [row] : [])));
    const isOfCode = (row: number) => ofCode.has(row) || (isWhole && !ofPeople.has(row));
    this.#repeated.follow(repeated, this.#repeatedCells(), isOfCode);
    const is = new Map(now.map(({ mark, token }) => [mark, token]));
    const marksNow = this.#sheet.marks();
    const retitled = new Set(
      now.flatMap(({ token, header, row }) =>
        token.by === 'person' && header === 'MATERIAL_TITLE' ? [row] : [],
      ),
    );

    for (const cell of before) {
      const { mark, token } = cell;
      if (mark === null || is.get(mark) === token) continue;
      for (const other of this.#tokens.all()) {
        if (other !== token && other.kept.has(mark)) other.overtyped.add(mark);
      }
      const isGone = !now.some((other) => other.token === token);
      if (isGone && (isInCopy(cell) || token.isMixed || isNameless(cell))) {
        token.kept.clear();
        token.isOwed = false;
      }
      release(token, mark);
      if (token.by === 'code' && !token.isAnswered) token.isTaken = true;
    }
    // Its writer is still at work, and writes it into a row of the earlier state.
    if (isWhole) for (const token of this.#tokens.all()) token.isFree ||= isAtWork(token);
    // A cell that people delete takes with it what the code had overwritten in it.
    const isDeleted = (mark: number) => marksBefore.has(mark) && !marksNow.has(mark);
    this.#repeated.release(this.#repeatedCells(), isDeleted);
    for (const token of this.#tokens.all()) {
      for (const mark of [...token.kept]) {
        if (isDeleted(mark) || (isWhole && is.get(mark) !== token)) release(token, mark);
      }
    }
    for (const cell of now) {
      if (was.get(cell.mark) === cell.token) continue;
      if (cell.token.by === 'code') this.#copied(cell, before);
      // A copy that people gave a title of their own is their row: it may keep what the code wrote.
      if (cell.token.by === 'code' && cell.mark !== null && retitled.has(cell.row)) {
        cell.token.strays.add(cell.mark);
      }
      // People brought a mistake of the code back. It may stay, or be taken back once more.
      if (isWhole && !isInPlace(cell)) {
        excuse(cell);
        continue;
      }
      const { token, header } = cell;
      // People unmerge cells: nobody can follow the row of a text that was unseen.
      const wasSeen = before.some((one) => one.token === token);
      const wasUnseen = token.home?.header === header && !wasSeen;
      // People copied a text that the code had put there by mistake. In its own cell it is still owed.
      const isNew = token.by === 'code' ? wasUnseen : !wasSeen;
      if (!isNew && !wasRight.has(token)) continue;
      if (token.by === 'person' && !token.isOwed) {
        letGo(token);
        token.isOwed = true;
      }
      place(cell);
    }
    for (const token of owed) if (token.kept.size > 0) token.isOwed = true;
    // The last batch of the earlier state may be a mistake, and is rolled back once more.
    if (isWhole) for (const { token } of now) if (token.by === 'code') token.isOwed = false;
  }

  /**
   * People copied a text of the code. If the code takes it back, what it had overwritten in the first
   * cell may come back in both.
   */
  #copied(copy: TokenCell, before: readonly TokenCell[]): void {
    const from = before.filter(({ token }) => token === copy.token).map(({ mark }) => mark);
    for (const token of this.#tokens.all()) {
      const isOverwritten = from.some((mark) => mark !== null && token.places.has(mark));
      const isOther = token !== copy.token;
      if (isOverwritten && isOther && copy.mark !== null) token.strays.add(copy.mark);
    }
  }

  /**
   * People destroy the journal: the texts that only the journal holds are gone by their doing, and
   * nobody can tell a mistake of the last batch any more.
   */
  journalIsGone(): void {
    const cells = this.#cells();
    const shown = new Map(cells.map((cell) => [cell.mark, cell]));
    for (const token of this.#tokens.all()) {
      const wasThere = token.by === 'code' && token.places.size > 0;
      if (wasThere && !cells.some((cell) => cell.token === token)) token.isOwed = false;
      for (const mark of [...token.kept]) {
        if (shown.get(mark)?.token === token) continue;
        release(token, mark);
      }
    }
    for (const cell of this.anchor()) excuse(cell);
    this.#repeated.release(this.#repeatedCells(), () => true);
  }

  /**
   * People sorted some of the columns: every row is made of several now. Where they have moved a text of
   * the code to, is their doing.
   */
  rowsAreMixed(): void {
    for (const cell of this.anchor()) excuse(cell);
    for (const token of this.#tokens.all()) token.isMixed = true;
    this.#repeated.clear();
  }

  /**
   * People copy a row from which the code has cleared texts: the row and its copy are alike, so these
   * texts may come back in either.
   */
  rowIsCopied(row: number): void {
    const marks = new Set(this.#sheet.marksOfRow(row));
    const is = new Map(this.#cells().map(({ mark, token }) => [mark, token]));
    for (const token of this.#tokens.all()) {
      const isMissing = (mark: number) => marks.has(mark) && is.get(mark) !== token;
      if ([...token.kept].some(isMissing)) token.isMixed = true;
    }
    this.#repeated.release(this.#repeatedCells(), (mark) => marks.has(mark));
  }

  /** The row of a token's text: -1 if it is not in the sheet. */
  rowOf(text: string): number {
    return this.#cells().find((cell) => cell.text === text)?.row ?? -1;
  }

  /** What is lost, doubled or in a wrong cell. */
  problems(records: Records): string[] {
    const cells = this.anchor();
    const byMark = new Map(cells.map((cell) => [cell.mark, cell]));
    const found = this.#sheet.texts();
    const headers = new Set(headersOf(found).texts.values());
    const ids = idsOfMaterials(found);
    const rowMarks = this.#sheet.marksByRow();
    const movedMarks = new Set<number>();
    // The code cleared a whole row, a person typed into it, and its texts came back in another empty row.
    const personsOf = Map.groupBy(
      cells.filter(({ token }) => token.by === 'person'),
      ({ row }) => row,
    );
    const hasLeft = ({ token }: TokenCell) =>
      [...token.kept].some((mark) => byMark.get(mark)?.token !== token);
    const isMoved = (cell: TokenCell) =>
      isRight(cell) && (personsOf.get(cell.row) ?? []).every(hasLeft);
    const lost = this.#tokens.all().flatMap((token) => {
      if (!token.isOwed || records.texts.has(token.text)) return [];
      const { text, home } = token;
      if (token.by === 'code') {
        const isThere = (cell: TokenCell) =>
          cell.token === token && (token.isFree || isRight(cell));
        if (cells.some(isThere)) return [];
        const hasRow = ids.has(home?.materialId ?? '');
        const hasCell = hasRow && headers.has(home?.header ?? '');
        const isInPortal = records.metadata.has(text) && !hasCell;
        // An analysis goes with the row that people deleted.
        const isGone = home?.header.startsWith('AI_') === true && !hasRow;
        return isGone || isInPortal
          ? []
          : [`"${text}" of ${home?.materialId}, ${home?.header}, is lost`];
      }
      return [...token.kept].flatMap((mark) => {
        // Google gives the cells of a merge one look, and so one mark.
        const isHere = cells.some((cell) => cell.mark === mark && cell.token === token);
        const others = cells.filter((other) => other.token === token);
        // Where people typed over the code's mistake, the text may come back in a copy of the row alone.
        const cameBack =
          (token.isMixed && others.length > 0) ||
          (token.overtyped.has(mark) && others.some(isRight));
        const isFound = cameBack || others.some((other) => other.isAlone || isMoved(other));
        const hasMoved = !isHere && others.some(isMoved);
        if (hasMoved) for (const one of rowMarks.get(mark) ?? []) movedMarks.add(one);
        return isHere || isFound ? [] : [`"${text}" is lost: its cell ${shown(byMark.get(mark))}`];
      });
    });
    const misplaced = cells
      .filter(
        (cell) => !isRight(cell) && !cell.token.isFree && !records.unplacedHeaders.has(cell.header),
      )
      // One empty row is like the other: where the text was, a row of the code was taken away.
      .filter(({ token, isAlone }) => token.by === 'code' || !isAlone)
      .filter((cell) => !isWithItsCopy(cell, cells))
      .map((cell) => `"${cell.text}" is in a wrong cell: ${shown(cell)}`);
    const taken = this.#repeated
      .missing(this.#repeatedCells(), movedMarks)
      .filter((text) => !records.texts.has(text))
      .map((text) => `"${text}" is lost from a row of people`);
    return [...lost, ...taken, ...misplaced];
  }

  /** The cells, each with a mark. */
  #marked<Cell extends FoundCell>(cells: readonly Cell[]): Cell[] {
    const bare = cells.filter(({ mark }) => mark === null);
    const marks = this.#sheet.mark(bare);
    const given = new Map(bare.map((cell, at) => [cell, marks[at] ?? null]));
    return cells.map((cell) => ({ ...cell, mark: cell.mark ?? given.get(cell) ?? null }));
  }

  #repeatedCells(): HeadedCell[] {
    const cells = this.#sheet.texts();
    const { texts } = headersOf(cells);
    return cells
      .filter(({ text }) => this.#tokens.get(text) === undefined)
      .map((cell) => ({ ...cell, header: texts.get(cell.column) ?? '' }))
      .filter(isRepeated);
  }

  #cells(): TokenCell[] {
    const cells = this.#sheet.texts();
    const headers = headersOf(cells);
    const ids = columnOf(cells, 'MATERIAL_ID');
    const found = cells.filter(({ text }) => this.#tokens.get(text) !== undefined);
    const ofRow = Map.groupBy(found, ({ row }) => row);
    return cells.flatMap((cell) => {
      const token = this.#tokens.get(cell.text);
      if (token === undefined) return [];
      const header = headers.texts.get(cell.column) ?? '';
      const materialId = ids.get(cell.row)?.toLowerCase() ?? '';
      const isAlone = materialId === '' && ofRow.get(cell.row)?.length === 1;
      return [{ ...cell, token, header, materialId, isAlone }];
    });
  }
}
