/** The model that analyses when a workflow chooses none. Only `prices.ts` names it too. */
export const DEFAULT_MODEL = 'gemini-3.5-flash-lite';

/**
 * Whether the request's model answered, and no other one. A date, `preview` or `-001` at the end
 * names a version of the same model. An alias such as `gemini-flash-latest` means whichever version
 * Google offers, so only the kind is compared: `flash` is not `flash-lite`.
 *
 * @param answered Gemini's `modelVersion`. If it is empty, the two count as the same model
 */
export function isSameModel(asked: string, answered: string): boolean {
  if (answered === '') return true;
  const [askedName, answeredName] = [modelName(asked), modelName(answered)];
  return asked.endsWith('-latest')
    ? withoutNumbers(askedName) === withoutNumbers(answeredName)
    : askedName === answeredName;
}

/** `models/gemini-3-flash-preview-09-2026` → `gemini-3-flash`. */
export function modelName(id: string): string {
  const words = id.replace(/^models\//, '').split('-');
  while (/^(?:latest|preview|exp|\d{2,4})$/.test(words.at(-1) ?? '')) words.pop();
  return words.join('-');
}

function withoutNumbers(name: string): string {
  return name
    .split('-')
    .filter((word) => !/^[\d.]+$/.test(word))
    .join('-');
}
