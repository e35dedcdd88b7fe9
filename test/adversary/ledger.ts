/**
 * The account of one history: what must be found in the end, because somebody wrote it and nobody but
 * people and their nodes, who may, has written over it.
 */
export class Ledger {
  readonly #texts = new Set<string>();
  /** The portal's own text of a cell: one that replaces another is the portal's own doing. */
  readonly #own = new Map<string, string>();
  /** Titles of rows that must stand once, by their ids: a mistake may stand over the title for a while. */
  readonly #titles = new Map<string, string>();
  /** Cells of rows that people deleted or copied: how often they stand is people's doing. */
  readonly #touched = new Set<string>();
  #count = 0;

  /** A text that was never written before; the full stop keeps it from being the start of another. */
  newText(by: string): string {
    this.#count += 1;
    return `${by} ${this.#count}.`;
  }

  expectRow(id: string, title: string): void {
    this.#titles.set(id, title);
  }

  expectText(text: string): void {
    this.#texts.add(text);
  }

  /** @param cell which of the portal's cells it is, whatever it held before */
  expectOwn(cell: string, text: string): void {
    this.#own.set(cell, text);
  }

  /** Somebody who may wrote over these, or took their row away. */
  release(cells: readonly unknown[]): void {
    for (const cell of cells) {
      this.#texts.delete(String(cell));
      for (const [name, text] of this.#own) if (text === cell) this.#own.delete(name);
    }
  }

  /** How often the row of these cells stands is not promised any more. */
  touch(cells: readonly unknown[]): void {
    for (const cell of cells.map(String)) this.#touched.add(this.#titles.get(cell) ?? cell);
  }

  /**
   * @param titles of all rows
   * @param everywhere all that the sheet, the conflicts and the history's old values hold
   */
  problems(titles: readonly string[], everywhere: string): string[] {
    const doubled = [...this.#titles.values()]
      .filter((title) => !this.#touched.has(title))
      .map((title) => ({ title, count: titles.filter((found) => found === title).length }))
      .filter(({ count }) => count !== 1)
      .map(({ title, count }) => `${title} stands ${count} times`);
    const lost = [...this.#texts, ...this.#own.values()]
      .filter((text) => !everywhere.includes(text))
      .map((text) => `"${text}" is lost`);
    return [...doubled, ...lost];
  }
}
