import { beginning } from '../../../core/index.ts';
import { read, readList, readText } from '../http/read.ts';

/** A line of an error that people still read to its end. */
const LONGEST = 2_000;

/** The error's text if no answer came. @param reason of the exchange */
export function unreachable(reason: string): { message: string; advice: string } {
  return {
    message: `The portal cannot be reached: ${reason}`,
    advice: 'Check the Base URL of the Materi Portal credential, and that the portal runs.',
  };
}

/**
 * The portal's problem details (RFC 9457) as one line: status, title, detail, and each invalid
 * field with its path. A proxy may answer 429 and 5xx with a text that is no problem.
 */
export function problemText(status: number, body: unknown): string {
  const said = [readText(body, 'title'), readText(body, 'detail')].filter((text) => text !== '');
  const fields = readList(body, 'errors').map((field) => {
    const path = pathText(read(field, 'path') ?? read(field, 'pointer'));
    const message = readText(field, 'message') || readText(field, 'detail');
    return path === '' ? message : `${path}: ${message}`;
  });
  const reason = [...new Set(said), ...fields].join(' · ') || 'it gave no reason.';
  return beginning(`The portal answered ${status}: ${reason}`, LONGEST);
}

function pathText(path: unknown): string {
  if (Array.isArray(path)) return path.map(String).join('.');
  return typeof path === 'string' ? path : '';
}
