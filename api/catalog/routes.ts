import { Router } from 'express';
import { identify } from '../auth/identify.ts';
import { endpoint } from '../http/endpoint.ts';
import type { Portal } from '../portal.ts';
import { confirmVanished } from './confirmVanished.ts';
import { catalogStatus } from './status.ts';

export function catalogRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/catalog/status', {
    GET: async (req, res) => {
      res.json(await catalogStatus(portal, identify(portal.config, req)));
    },
  });
  endpoint(router, '/catalog/confirm-vanished', {
    POST: async (req, res) => {
      const presented = identify(portal.config, req);
      await confirmVanished(portal, presented);
      res.json(await catalogStatus(portal, presented));
    },
  });
  return router;
}
