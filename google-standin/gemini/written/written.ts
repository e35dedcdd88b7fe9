export interface Evidence {
  readonly claim: string;
  readonly quote: string;
}

/** The parts of an analysis that a person has written about a material. */
export interface Written {
  readonly subject: string;
  readonly title: string;
  /** Continues `… ini membahas`. */
  readonly about: string;
  readonly keywords: readonly string[];
  readonly objectives: readonly string[];
  /** If a person has edited the description so that a quote is not in it, the rules write instead. */
  readonly evidence?: readonly Evidence[];
}
