/** Where the code's own text belongs: in the row of a material, under a header. */
export interface Home {
  readonly materialId: string;
  readonly header: string;
}

/** A text that was written once, and what is known of it. */
export interface Token {
  readonly text: string;
  readonly by: 'person' | 'code';
  /** Null: a person typed it and it belongs where they did, or its writer has not answered. */
  home: Home | null;
  /** The marks of all cells in which it was ever right. */
  readonly places: Set<number>;
  /** The marks of cells in which it may be, and need not, such as a copy of its cell. */
  readonly strays: Set<number>;
  /** The materials in whose rows a person's text was right, each with its header. */
  readonly homes: Set<string>;
  /** The marks of the cells in which it must be found, unless it is recorded. */
  readonly kept: Set<number>;
  /** Of these, cells in which people typed over what the code had put there. */
  readonly overtyped: Set<number>;
  /** False: nobody promised to keep it, or people took it away. */
  isOwed: boolean;
  /** Its writer has answered. */
  isAnswered: boolean;
  /** True: it is in a row that was there before its batch, and not in its own cell. */
  hasMissed: boolean;
  /** People sorted some columns while it was there: it may come back in another row. */
  isMixed: boolean;
  /** True: people took it away before its writer had answered. */
  isTaken: boolean;
  /** True: its writer was ended, so nobody can say in which row it belongs. */
  isFree: boolean;
}

/** All texts of one history; each is written only once, so that it tells who wrote it. */
export class Tokens {
  readonly #byText = new Map<string, Token>();
  readonly #newest = new Map<string, Token>();

  /** A text that a person types. */
  typed(by = 'tulisan'): Token {
    return this.#add(by, 'person');
  }

  /** A text that the portal or a node is to write: nothing is owed until its writer accepts it. */
  written(by: string): Token {
    return this.#add(by, 'code');
  }

  /** The writer answered: the text belongs there, and replaces its older one. */
  accept(token: Token, home: Home): void {
    token.home = home;
    token.isAnswered = true;
    token.isOwed = !token.isTaken;
    const cell = `${home.materialId}/${home.header}`;
    const older = this.#newest.get(cell);
    if (older !== undefined) {
      older.isOwed = false;
      older.kept.clear();
    }
    this.#newest.set(cell, token);
  }

  #add(prefix: string, by: Token['by']): Token {
    // The full stop keeps a text from being the beginning of another.
    const text = `${prefix} ${this.#byText.size + 1}.`;
    const isOwed = by === 'person';
    const [places, kept] = [new Set<number>(), new Set<number>()];
    const added: Token = {
      text,
      by,
      home: null,
      places,
      homes: new Set<string>(),
      strays: new Set<number>(),
      overtyped: new Set<number>(),
      kept,
      isOwed,
      isFree: false,
      isAnswered: false,
      hasMissed: false,
      isMixed: false,
      isTaken: false,
    };
    this.#byText.set(text, added);
    return added;
  }

  get(text: string): Token | undefined {
    return this.#byText.get(text);
  }

  all(): Token[] {
    return [...this.#byText.values()];
  }
}
