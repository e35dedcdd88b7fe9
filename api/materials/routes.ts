import { Router, type Request } from 'express';
import { z } from 'zod/v4';
import { newMaterialSchema } from '../../core/index.ts';
import { readCaller } from '../auth/readCaller.ts';
import { materialIdSchema, type MaterialId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import { listHistory } from '../history/list.ts';
import { endpoint } from '../http/endpoint.ts';
import { readIfMatch } from '../http/ifMatch.ts';
import { isNotModified } from '../http/notModified.ts';
import { pageQuerySchema } from '../http/page.ts';
import { readIdempotencyKey } from '../idempotency/key.ts';
import type { Portal } from '../portal.ts';
import { validate } from '../validate.ts';
import { createMaterial } from './create.ts';
import { getMaterial } from './get.ts';
import { listMaterials } from './list.ts';
import { replaceMaterial } from './replace.ts';
import { resolveConflict } from './resolveConflict.ts';

const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  include: z.enum(['metadata']).optional(),
});

const resolutionSchema = z.strictObject({ keep: z.enum(['sheet', 'portal']) });

export function materialRoutes(portal: Portal): Router {
  const router = Router();
  endpoint(router, '/materials', {
    GET: async (req, res) => {
      const caller = readCaller(portal.config, req);
      res.json(await listMaterials(portal, caller, validate(listQuerySchema, req.query)));
    },
    POST: async (req, res) => {
      const caller = readCaller(portal.config, req);
      const key = readIdempotencyKey(req);
      const input = validate(newMaterialSchema, req.body);
      const answer = await createMaterial(portal, caller, input, key);
      res.set(answer.headers);
      if (answer.replayed) res.set('Idempotency-Replayed', 'true');
      res.status(201).json(answer.body);
    },
  });
  endpoint(router, '/materials/:id', {
    GET: async (req, res) => {
      const caller = readCaller(portal.config, req);
      const { etag, body } = await getMaterial(portal, caller, idOf(req));
      res.set({ ETag: etag, 'Cache-Control': 'private, no-cache' });
      if (isNotModified(req, etag)) res.status(304).end();
      else res.json(body);
    },
    PUT: async (req, res) => {
      const caller = readCaller(portal.config, req);
      const ifMatch = readIfMatch(req);
      const { etag, body } = await replaceMaterial(portal, caller, idOf(req), ifMatch, req.body);
      res.set('ETag', etag).json(body);
    },
  });
  endpoint(router, '/materials/:id/history', {
    GET: async (req, res) => {
      const caller = readCaller(portal.config, req);
      const query = validate(pageQuerySchema, req.query);
      res.json(await listHistory(portal, caller, idOf(req), query));
    },
  });
  endpoint(router, '/materials/:id/conflicts/:field', {
    POST: async (req, res) => {
      const caller = readCaller(portal.config, req);
      const { keep } = validate(resolutionSchema, req.body);
      const cell = { id: idOf(req), field: String(req.params['field']) };
      const { etag, body } = await resolveConflict(portal, caller, cell, keep);
      res.set('ETag', etag).json(body);
    },
  });
  return router;
}

/** @throws PortalError `not_found` */
function idOf(req: Request): MaterialId {
  const id = materialIdSchema.safeParse(req.params['id']);
  if (id.success) return id.data;
  throw new PortalError('not_found', 'A material’s id is a UUID.');
}
