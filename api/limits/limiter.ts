import type { Request, RequestHandler } from 'express';
import { MemoryStore, rateLimit } from 'express-rate-limit';
import { sendProblem } from '../http/problem.ts';
import type { Logger } from '../log.ts';
import type { Redis } from '../redis/connect.ts';
import { SharedStore } from './sharedStore.ts';

const WINDOW_MS = 60_000;

interface Limit {
  /** The name in the headers RateLimit and RateLimit-Policy. */
  readonly name: string;
  /** Requests a minute; 0: any number. */
  readonly most: number;
  /** Requests with one key have one count. */
  readonly keyOf: (req: Request) => string;
  readonly detail: string;
  /** Count only answers that refuse the request (4xx). */
  readonly onlyRefused?: boolean;
}

/**
 * Answers 429 after too many requests in a minute, with Retry-After and the headers of
 * draft-ietf-httpapi-ratelimit-headers-08. It reads no body.
 *
 * @param counts where the counts are; without Redis each instance has its own
 */
export function limiter(
  { name, most, keyOf, detail, onlyRefused = false }: Limit,
  { redis, log }: { redis: Redis | null; log: Logger },
): RequestHandler {
  if (most === 0) return (_req, _res, next) => next();
  return rateLimit({
    windowMs: WINDOW_MS,
    limit: most,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    skipSuccessfulRequests: onlyRefused,
    // A fault of the portal or of Google is no guess of the client's.
    requestWasSuccessful: (_req, res) => res.statusCode < 400 || res.statusCode >= 500,
    store: redis === null ? new MemoryStore() : new SharedStore(redis, name),
    handler: (_req, res) => sendProblem(res, 'too_many_requests', detail),
    logger: {
      error: (err, message) => log.error({ err }, message ?? 'a limit failed'),
      warn: (err, message) => log.warn({ err }, message ?? 'a limit warns'),
    },
  });
}
