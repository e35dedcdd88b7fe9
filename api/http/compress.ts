import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Request, RequestHandler, Response } from 'express';

/** A shorter answer fits in one packet in any case. In bytes. */
const LEAST = 1_024;

/** The highest quality of Brotli takes a hundred times as long, for a tenth fewer bytes. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

const ENCODERS = {
  br: (body: string | Buffer) => promisify(brotliCompress)(body, BROTLI),
  gzip: (body: string | Buffer) => promisify<string | Buffer, Buffer>(gzip)(body),
};
type Coding = keyof typeof ENCODERS;

/** The compressed forms of bytes that are sent more than once, such as a kept page or a script. */
const compressed = new WeakMap<Buffer, Map<Coding, Promise<Buffer>>>();

/**
 * Compresses the body of an answer if the client accepts that, and sets the headers for it. Bytes that are
 * sent again are compressed once. The ETag stays: it names a material's revision and not the bytes.
 */
export async function compress(
  req: Request,
  res: Response,
  body: string | Buffer,
): Promise<string | Buffer> {
  if (body.length < LEAST || req.headers['accept-encoding'] === undefined) return body;
  if (/\bno-transform\b/.test(String(res.getHeader('Cache-Control')))) return body;
  const coding = (['br', 'gzip'] as const).find((one) => req.acceptsEncodings(one) === one);
  if (coding === undefined) return body;
  res.setHeader('Content-Encoding', coding);
  if (typeof body === 'string') return ENCODERS[coding](body);
  const forms = compressed.get(body) ?? new Map<Coding, Promise<Buffer>>();
  compressed.set(body, forms);
  const form = forms.get(coding) ?? ENCODERS[coding](body);
  forms.set(coding, form);
  return form;
}

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
