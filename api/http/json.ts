import type { Request } from 'express';
import { PortalError } from '../errors.ts';
import { hasBody, readBody } from './body.ts';

/** Objects and arrays within each other. The body of a content may have 12, and no other body has more than five. */
const DEPTH_MOST = 32;

/** Values in one body, objects and arrays included. */
const VALUES_MOST = 50_000;

/**
 * @returns the object or the array; undefined: there is no body
 * @throws PortalError `unsupported_media_type`, `too_large`, `malformed`
 */
export async function readJson(req: Request, bytesMost: number): Promise<unknown> {
  if (!hasBody(req)) return undefined;
  if (req.is('application/json') === false) {
    throw new PortalError(
      'unsupported_media_type',
      'Send the body as Content-Type: application/json.',
    );
  }
  const charset = /charset="?([\w-]+)/i.exec(req.get('Content-Type') ?? '')?.[1];
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') {
    throw new PortalError('unsupported_media_type', 'Send the body in UTF-8.');
  }
  const bytes = await readBody(req, bytesMost);
  if (bytes.length === 0) return undefined;
  const value = parseJson(bytes);
  if (typeof value === 'object' && value !== null) return value;
  throw new PortalError('malformed', 'The body is JSON, but neither an object nor an array.');
}

/** @throws PortalError `malformed`; `too_large` for more values than any body may have */
export function parseJson(bytes: Buffer): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new PortalError('malformed', 'The body is not JSON in UTF-8.');
  }
  requireBounds(value);
  return value;
}

/**
 * Everything behind the parser is recursive, PostgreSQL's jsonb too: a body 100,000 levels deep
 * would overflow a stack there.
 */
function requireBounds(root: unknown): void {
  let level: unknown[] = [root];
  let count = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH_MOST) {
      throw new PortalError('malformed', `The body has more than ${DEPTH_MOST} levels of JSON.`);
    }
    count += level.length;
    if (count > VALUES_MOST) {
      throw new PortalError(
        'too_large',
        `The body has more than ${VALUES_MOST} values. Send less at once.`,
      );
    }
    level = level.flatMap((value): unknown[] =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
}
