import { Router } from 'express';
import { readCaller } from '../auth/readCaller.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Portal } from '../portal.ts';
import { confirmVanished } from './confirmVanished.ts';
import { catalogStatus } from './status.ts';

export function catalogRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/catalog/status', {
    GET: async (req, res) => {
      res.json(await catalogStatus(portal, readCaller(portal.config, req)));
    },
  });
  endpoint(router, '/catalog/confirm-vanished', {
    POST: async (req, res) => {
      const caller = readCaller(portal.config, req);
      await confirmVanished(portal, caller);
      res.json(await catalogStatus(portal, caller));
    },
  });
  return router;
}
