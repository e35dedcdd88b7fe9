import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * The headers of every answer. Helmet computes its 12 headers anew for each answer, which took 8 % of
 * `GET /api/jobs/:id` (bench:api). They are always the same, so it does so once.
 */
const HEADERS = [...helmetHeaders(), ['vary', 'Accept-Encoding']] as const;

function helmetHeaders(): [name: string, value: string][] {
  const res = new ServerResponse(new IncomingMessage(new Socket()));
  helmet()(res.req, res, () => undefined);
  return Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]);
}

/** Sets them. A route may give one of them another value. */
export const fixedHeaders: RequestHandler = (_req, res, next) => {
  for (const [name, value] of HEADERS) res.setHeader(name, value);
  next();
};
