import type { RequestHandler } from 'express';
import { v7 as uuidv7 } from 'uuid';

const SANE = /^[\w.:/+=-]{1,128}$/;

/** Takes the caller's X-Request-Id if it is sane, else makes one; every response carries it. */
export const requestId: RequestHandler = (req, res, next) => {
  const given = req.get('X-Request-Id');
  res.setHeader('X-Request-Id', given !== undefined && SANE.test(given) ? given : uuidv7());
  next();
};
