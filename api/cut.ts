import { beginning } from '../core/index.ts';

/** Cuts a text that somebody sent, so that an error does not carry all of it. */
export function cut(text: string, most = 100): string {
  return text.length > most ? `${beginning(text, most)}…` : text;
}
