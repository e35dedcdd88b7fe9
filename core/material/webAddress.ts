/** Longer addresses do not open in every browser. */
export const WEB_ADDRESS_LIMIT = 2_000;

/**
 * The address if a browser may be sent to it: http or https, written out, without blanks and control
 * characters (which a URL parser would skip). Otherwise empty: `javascript:` runs as a script.
 */
export function webAddressOf(text: string): string {
  if (text.length > WEB_ADDRESS_LIMIT) return '';
  const isWritten = /^https?:\/\/[^/?#]/i.test(text) && !/[\s\p{Cc}]/u.test(text);
  return isWritten && URL.canParse(text) ? text : '';
}
