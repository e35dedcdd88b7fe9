/** Cuts a text that somebody sent, so that an error or a log does not carry all of it. */
export function cut(text: string, most = 100): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
