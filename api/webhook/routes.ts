import { Router } from 'express';
import { PortalError } from '../errors.ts';
import { readBody } from '../http/body.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Portal } from '../portal.ts';
import { check } from './check.ts';
import { receive } from './receive.ts';
import { requireSignature } from './signed.ts';

/** The largest result that a job may have is far smaller; this also fits one escaped in full. */
const BODY_BYTES_MOST = 1024 * 1024;

const QUESTION_BYTES_MOST = 1024;

export function webhookRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/webhook/n8n', {
    POST: async (req, res) => {
      requireSignature(req.headers);
      const body = await readBody(req, BODY_BYTES_MOST);
      const { answer, replayed } = await receive(portal, req.headers, body);
      if (replayed) res.set('Idempotency-Replayed', 'true');
      if ('error' in answer) {
        const { code, message, fields } = answer.error;
        throw new PortalError(code, message, fields);
      }
      res.json(answer);
    },
  });
  endpoint(router, '/webhook/check', {
    POST: async (req, res) => {
      requireSignature(req.headers);
      const { headers, body } = check(
        portal,
        req.headers,
        await readBody(req, QUESTION_BYTES_MOST),
      );
      res
        .set({ ...headers })
        .type('application/json')
        .send(body);
    },
  });
  return router;
}
