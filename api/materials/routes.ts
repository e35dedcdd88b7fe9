import { Router } from 'express';
import { newMaterial } from '../../core/index.ts';
import { identify } from '../auth/identify.ts';
import { materialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { endpoint } from '../http/endpoint.ts';
import { isNotModified } from '../http/notModified.ts';
import { pageQuery } from '../http/page.ts';
import { readIdempotencyKey } from '../idempotency/key.ts';
import type { Portal } from '../portal.ts';
import { validate } from '../validate.ts';
import { createMaterial } from './create.ts';
import { getMaterial } from './get.ts';
import { listMaterials } from './list.ts';

export function materialRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/materials', {
    GET: async (req, res) => {
      const presented = identify(portal.config, req);
      res.json(await listMaterials(portal, presented, validate(pageQuery, req.query)));
    },
    POST: async (req, res) => {
      const presented = identify(portal.config, req);
      const key = readIdempotencyKey(req);
      const input = validate(newMaterial, req.body);
      const answer = await createMaterial(portal, presented, input, key);
      res.set(answer.headers);
      if (answer.replayed) res.set('Idempotency-Replayed', 'true');
      res.status(201).json(answer.body);
    },
  });
  endpoint(router, '/materials/:id', {
    GET: async (req, res) => {
      const presented = identify(portal.config, req);
      const id = materialId.safeParse(req.params['id']);
      if (!id.success) throw new PortalError('not_found', 'A material’s id is a UUID.');
      const { etag, body } = await getMaterial(portal, presented, id.data);
      res.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
      if (isNotModified(req, etag)) res.status(304).end();
      else res.json(body);
    },
  });
  return router;
}
