import type { Request, RequestHandler } from 'express';
import { PortalError } from '../errors.ts';

/** The largest body after sign-in. A material with the longest text in every cell fits. */
export const BODY_BYTES_MOST = 2 * 1024 * 1024;

/**
 * The API reads a refused body of at most so many bytes to its end. Then the client can read the answer.
 */
const UNREAD_BYTES_MOST = 4 * BODY_BYTES_MOST;

/** Whether a request announces a body (RFC 9112, section 6). */
export function hasBody(req: Request): boolean {
  return (
    req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0
  );
}

/**
 * Reads a body as it came, and stops where the limit is passed.
 *
 * @throws PortalError `too_large`; `unsupported_media_type` if it is compressed; `malformed` if the
 *   connection ends before the body does
 */
export async function readBody(req: Request, bytesMost: number): Promise<Buffer> {
  const encoding = req.get('Content-Encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') {
    throw new PortalError('unsupported_media_type', 'Send the body without Content-Encoding.');
  }
  if (Number(req.headers['content-length']) > bytesMost) throw tooLarge(bytesMost);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (done: () => void) => {
      req.off('data', onData).off('end', onEnd).off('close', onCut).off('error', onCut);
      done();
    };
    const onData = (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= bytesMost) return;
      req.pause();
      settle(() => reject(tooLarge(bytesMost)));
    };
    const onEnd = () => settle(() => resolve(Buffer.concat(chunks)));
    const onCut = () =>
      settle(() => reject(new PortalError('malformed', 'The connection ended before the body.')));
    req.on('data', onData).on('end', onEnd).on('close', onCut).on('error', onCut);
  });
}

function tooLarge(bytesMost: number): PortalError {
  const kilobytes = bytesMost / 1024;
  return new PortalError(
    'too_large',
    `The body is larger than the ${kilobytes} KB that this address takes. Send less at once.`,
  );
}

/**
 * Limits the bytes that a client sends after its answer. Up to UNREAD_BYTES_MOST they are read and
 * discarded: the client can read the answer and keep the connection. A client that sends more is cut
 * off, and may lose its answer. Node itself would read without a limit.
 */
export const boundUnreadBody: RequestHandler = (req, res, next) => {
  if (!hasBody(req)) {
    next();
    return;
  }
  // This runs before Node's own listener, which discards unread bytes.
  res.prependOnceListener('finish', () => {
    let bytes = 0;
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > UNREAD_BYTES_MOST) req.destroy();
    });
    req.resume();
  });
  next();
};
