import { isDeepStrictEqual } from 'node:util';
import type { CheckedSheet, Tab } from './sheet.ts';

/** All probes use one tab in place of the catalog, and one hidden tab in place of the journal. */
export interface ProbeContext {
  readonly sheet: CheckedSheet;
  readonly catalog: Tab;
  readonly journal: Tab;
  /** The first of so many rows, in both tabs, that no other probe uses. */
  readonly rows: (count: number) => number;
}

/** One thing that the portal takes for granted of Google. */
export interface Probe {
  /** Its heading in docs/google.md. */
  readonly name: string;
  /** @returns what was otherwise than expected; empty: it holds */
  readonly run: (context: ProbeContext) => Promise<readonly string[]>;
}

/** Differences that a probe finds, as text. */
export function findings() {
  const found: string[] = [];
  return {
    found,
    same(what: string, actual: unknown, expected: unknown): void {
      if (isDeepStrictEqual(actual, expected)) return;
      found.push(`${what}: ${short(actual)} instead of ${short(expected)}`);
    },
    /** @param message what Google said; null: it did not refuse */
    refused(what: string, message: string | null): void {
      if (message === null) found.push(`${what} was not refused`);
    },
    accepted(what: string, message: string | null): void {
      if (message !== null) found.push(`${what} was refused: ${message}`);
    },
  };
}

function short(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
