import type { RequestHandler } from 'express';
import compression from 'compression';

/**
 * Compresses answers over 1 kB if the client takes that. An ETag stays as it is: it names a material's
 * revision, not bytes.
 */
export const compress: RequestHandler = compression({ threshold: 1024 });

/**
 * The Cache-Control of answers that neither the API nor a proxy may compress. The length of a
 * compressed answer shows whether a text that an attacker chose is also in a secret beside it (BREACH,
 * CVE-2013-3587). Pieces of a stream would wait in the compressor.
 */
export const UNCOMPRESSED = { 'Cache-Control': 'no-store, no-transform' };

/** For addresses that answer with secrets. */
export const neverCompress: RequestHandler = (_req, res, next) => {
  res.set(UNCOMPRESSED);
  next();
};
