import express, { type RequestHandler } from 'express';
import { sendProblem } from './problem.ts';

/** Fits a material whose every cell is full of three-byte characters. */
const BODY_LIMIT = '2mb';

const requireJson: RequestHandler = (req, res, next) => {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length']) > 0;
  if (!hasBody || req.is('application/json') !== false) next();
  else {
    sendProblem(res, 'unsupported_media_type', 'Send the body as Content-Type: application/json.');
  }
};

/** Reads a JSON body; one that is there but is not JSON is a 415. */
export const json: readonly RequestHandler[] = [
  requireJson,
  express.json({ limit: BODY_LIMIT, strict: true }),
];
