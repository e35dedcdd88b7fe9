import { read, readList, readText } from '../http/read.ts';

/** The error's text if no answer came. @param reason of the exchange */
export function unreachable(reason: string): { message: string; advice: string } {
  return {
    message: `The portal cannot be reached: ${reason}`,
    advice: 'Check the Base URL of the Materi Portal credential, and that the portal runs.',
  };
}

/**
 * The portal's problem details (RFC 9457) as one line: status, title, detail, and each invalid
 * field with its path.
 */
export function problemText(status: number, body: unknown): string {
  const said = [readText(body, 'title'), readText(body, 'detail')].filter((text) => text !== '');
  const fields = readList(body, 'errors').map((field) => {
    const path = pathText(read(field, 'path') ?? read(field, 'pointer'));
    const message = readText(field, 'message') || readText(field, 'detail');
    return path === '' ? message : `${path}: ${message}`;
  });
  return `The portal answered ${status}: ${[...new Set(said), ...fields].join(' · ')}`;
}

function pathText(path: unknown): string {
  if (Array.isArray(path)) return path.map(String).join('.');
  return typeof path === 'string' ? path : '';
}
