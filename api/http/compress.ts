import type { RequestHandler } from 'express';
import compression from 'compression';

/**
 * Compresses answers over 1 kB if the client accepts that. It does not change the ETag, which names a
 * material's revision and not the bytes.
 */
export const compress: RequestHandler = compression({ threshold: 1024 });

/**
 * The Cache-Control of answers that neither the API nor a proxy may compress:
 *
 * - Answers with secrets: an attacker chooses a text in the answer. If the secret contains that text, the
 *   compressed answer is shorter (BREACH, CVE-2013-3587).
 * - Streams: a compressor would hold their pieces back.
 */
export const UNCOMPRESSED = { 'Cache-Control': 'no-store, no-transform' };

/** For addresses that answer with secrets. */
export const neverCompress: RequestHandler = (_req, res, next) => {
  res.set(UNCOMPRESSED);
  next();
};
