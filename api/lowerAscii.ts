/**
 * Lower case for A to Z alone, to compare e-mail addresses and domains. JavaScript's own also turns
 * U+212A (the Kelvin sign) into `k`: another person's address would then equal an admin's.
 */
export function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
