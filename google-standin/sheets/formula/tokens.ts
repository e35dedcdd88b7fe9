import { parseArea, unquoteTitle, type Area } from '../model/a1.ts';

export type Token =
  | { readonly kind: 'text'; readonly raw: string; readonly value: string }
  | { readonly kind: 'number'; readonly raw: string; readonly value: number }
  | { readonly kind: 'name'; readonly raw: string }
  | { readonly kind: 'operator'; readonly raw: string }
  | { readonly kind: 'error'; readonly raw: string }
  | { readonly kind: 'space'; readonly raw: string }
  | { readonly kind: 'unknown'; readonly raw: string }
  | {
      readonly kind: 'reference';
      readonly raw: string;
      /** The tab as written before `!`, with its quotes; undefined for the formula's own tab. */
      readonly tab: string | undefined;
      readonly title: string | undefined;
      readonly area: Area;
    };

const patterns = {
  text: /"(?:[^"]|"")*"/y,
  error: /#(?:REF!|DIV\/0!|VALUE!|N\/A|NAME\?|NUM!|ERROR!)/y,
  reference:
    /(?:('(?:[^']|'')+'|[A-Za-z_][A-Za-z0-9_.]*)!)?(\$?[A-Za-z]{1,3}\$?[0-9]+(?::\$?[A-Za-z]{1,3}(?:\$?[0-9]+)?)?|\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}|\$?[0-9]+:\$?[0-9]+)(?![A-Za-z0-9_(!])/y,
  number: /[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+/y,
  name: /[A-Za-z_][A-Za-z0-9_.]*/y,
  operator: /<>|<=|>=|[-+*/^&=<>(),;:%{}]/y,
  space: /\s+/y,
};

/** Splits a formula's text (without its leading `=`); joining the tokens' `raw` gives it back. */
export function tokenize(formula: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(formula);
  };
  while (at < formula.length) {
    const token = next(match) ?? { kind: 'unknown' as const, raw: formula.charAt(at) };
    tokens.push(token);
    at += token.raw.length;
  }
  return tokens;
}

function next(match: (pattern: RegExp) => RegExpExecArray | null): Token | null {
  const text = match(patterns.text);
  if (text)
    return { kind: 'text', raw: text[0], value: text[0].slice(1, -1).replaceAll('""', '"') };
  const error = match(patterns.error);
  if (error) return { kind: 'error', raw: error[0] };
  const reference = match(patterns.reference);
  const area = reference && parseArea(reference[2] ?? '');
  if (reference && area) {
    const tab = reference[1];
    const title = tab === undefined ? undefined : unquoteTitle(tab);
    return { kind: 'reference', raw: reference[0], tab, title, area };
  }
  const number = match(patterns.number);
  if (number) return { kind: 'number', raw: number[0], value: Number(number[0]) };
  for (const kind of ['name', 'operator', 'space'] as const) {
    const found = match(patterns[kind]);
    if (found) return { kind, raw: found[0] };
  }
  return null;
}
