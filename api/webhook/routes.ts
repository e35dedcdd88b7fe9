import express, { Router } from 'express';
import { PortalError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Portal } from '../portal.ts';
import { receive } from './receive.ts';

const raw = express.raw({ type: () => true, limit: '1mb' });

export function webhookRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(
    router,
    '/webhook/n8n',
    {
      POST: async (req, res) => {
        const body = Buffer.isBuffer(req.body) ? req.body.toString('utf8') : '';
        const { answer, replayed } = await receive(portal, req.headers, body);
        if (replayed) res.set('Idempotency-Replayed', 'true');
        if ('error' in answer) {
          const { code, message, fields } = answer.error;
          throw new PortalError(code, message, fields);
        }
        res.json(answer);
      },
    },
    raw,
  );
  return router;
}
