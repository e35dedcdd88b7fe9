/** The address of a server, as people paste it: without blanks around it and slashes at its end. */
export function serverAddress(pasted: string): string {
  return pasted.trim().replace(/(?<!\/)\/+$/, '');
}

/** Longer addresses do not open in every browser. */
export const WEB_ADDRESS_LIMIT = 2_000;

/**
 * The address, if it is http or https, complete, and without blanks and control characters (a URL
 * parser skips those). Any other text gives an empty one: a browser runs `javascript:` as a script.
 */
export function webAddressOf(text: string): string {
  if (text.length > WEB_ADDRESS_LIMIT) return '';
  const isWritten = /^https?:\/\/[^/?#]/i.test(text) && !/[\s\p{Cc}]/u.test(text);
  return isWritten && URL.canParse(text) ? text : '';
}
