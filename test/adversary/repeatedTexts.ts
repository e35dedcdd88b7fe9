import type { FoundCell, MemorySheet } from './memorySheet.ts';

/** Texts that many rows share. No writer of a history changes them in a row that people made. */
const SHARED: Readonly<Record<string, string>> = {
  SUBJECT_NAME: 'IPA',
  MATERIAL_TYPE: 'Video',
  MATERIAL_LEVEL: 'Fase C',
};

/** A cell that holds text, with the header of its column. */
export interface HeadedCell extends FoundCell {
  readonly header: string;
}

/** The cells that RepeatedTexts follows. */
export function isRepeated({ header, text }: HeadedCell): boolean {
  return SHARED[header] === text;
}

/** Follows the texts of people that are no tokens, because many rows have the same ones, by their marks. */
export class RepeatedTexts {
  readonly #sheet: MemorySheet;
  /** By the mark of its cell. */
  readonly #texts = new Map<number, string>();

  constructor(sheet: MemorySheet) {
    this.#sheet = sheet;
  }

  /**
   * Takes what people changed as theirs, and the rest as it was.
   *
   * @param before the cells before people did something, each with a mark
   * @param now the cells after it
   * @param isExcluded rows with a text of the code: a copy of its row is not what people wrote
   */
  follow(
    before: readonly HeadedCell[],
    now: readonly HeadedCell[],
    isExcluded: (row: number) => boolean,
  ): void {
    const was = new Map(before.map(({ mark, text }) => [mark, text]));
    const is = new Map(now.map((cell) => [cell.mark, cell]));
    for (const [mark, text] of was) {
      if (mark !== null && is.get(mark)?.text !== text) this.#texts.delete(mark);
    }
    const changed = now.filter(
      ({ mark, text, row }) => !isExcluded(row) && (mark === null || was.get(mark) !== text),
    );
    const marks = this.#sheet.mark(changed);
    changed.forEach(({ text }, at) => {
      const mark = marks[at] ?? null;
      if (mark !== null) this.#texts.set(mark, text);
    });
  }

  /** Nobody answers for these cells any more, if they have another text now. */
  release(now: readonly HeadedCell[], isReleased: (mark: number) => boolean): void {
    const is = new Map(now.map(({ mark, text }) => [mark, text]));
    for (const [mark, text] of [...this.#texts]) {
      if (is.get(mark) !== text && isReleased(mark)) this.#texts.delete(mark);
    }
  }

  /** People mixed the rows. All of these texts are alike, so none of them can be followed any more. */
  clear(): void {
    this.#texts.clear();
  }

  /** The texts that are not in their cells, but for the cells with these marks. */
  missing(now: readonly HeadedCell[], excused: ReadonlySet<number>): string[] {
    const is = new Map(now.map((cell) => [cell.mark, cell]));
    return [...this.#texts].flatMap(([mark, text]) =>
      excused.has(mark) || is.get(mark)?.text === text ? [] : [text],
    );
  }
}
