import { newMaterialSchema } from '../../core/index.ts';
import { readIfMatch } from '../http/ifMatch.ts';
import { isNotModified } from '../http/notModified.ts';
import { pageQuerySchema } from '../http/page.ts';
import { route, type Route } from '../http/route.ts';
import { readIdempotencyKey } from '../idempotency/key.ts';
import type { Portal } from '../portal.ts';
import { setArchived } from './archive.ts';
import { batchAnswerSchema, batchBodySchema } from './batch/schemas.ts';
import { Turns } from './batch/turns.ts';
import { writeBatch } from './batch/write.ts';
import { createMaterial } from './create.ts';
import { getMaterial } from './get.ts';
import {
  LINKED_DATA,
  learningResourceSchema,
  linkedDataEtag,
  presentLearningResource,
} from './learningResource.ts';
import { listMaterials } from './list.ts';
import { listHistory } from './listHistory.ts';
import { replaceMaterial } from './replace.ts';
import { resolveConflict } from './resolveConflict.ts';
import {
  archivedSchema,
  conflictParamsSchema,
  createdSchema,
  historyPageSchema,
  listQuerySchema,
  materialPageSchema,
  paramsSchema,
  replacementSchema,
  resolutionSchema,
  resolvedSchema,
  shownMaterialSchema,
  updatedSchema,
} from './schemas.ts';

/** 500 items of 8 KB. */
const BATCH_BYTES_MOST = 4 * 1024 * 1024;

export function materialRoutes(portal: Portal): Route[] {
  const turns = new Turns(portal);
  return [
    route(
      {
        name: 'listMaterials',
        summary: 'Lists materials, newest first. Long texts are cut.',
        method: 'GET',
        path: '/materials',
        caller: 'signedIn',
        query: listQuerySchema,
        responses: { 200: materialPageSchema },
      },
      async ({ caller, query }) => ({ body: await listMaterials(portal, caller, query) }),
    ),
    route(
      {
        name: 'createMaterial',
        summary: 'Adds a material and opens the job that analyses it.',
        method: 'POST',
        path: '/materials',
        caller: 'signedIn',
        body: newMaterialSchema,
        headers: ['Idempotency-Key'],
        responses: { 201: createdSchema },
        problems: ['too_many_open_jobs'],
      },
      async ({ caller, body, headers }) => {
        const key = readIdempotencyKey(headers);
        const answer = await createMaterial(portal, caller, body, key);
        const replayed = answer.replayed ? { 'Idempotency-Replayed': 'true' } : {};
        // A repeated request gets the kept answer to the letter.
        const sent = JSON.stringify(answer.body);
        return { status: 201, headers: { ...answer.headers, ...replayed }, body: sent };
      },
    ),
    // Before `/materials/:id`, which would take `batch` for an id.
    route(
      {
        name: 'writeMaterials',
        summary:
          'Creates, updates, archives and restores up to 500 materials, with a result for each.',
        method: 'POST',
        path: '/materials/batch',
        caller: 'signedIn',
        body: batchBodySchema,
        bodyBytesMost: BATCH_BYTES_MOST,
        headers: ['Idempotency-Key'],
        responses: { 200: batchAnswerSchema },
      },
      async ({ caller, body, headers }) => {
        const key = readIdempotencyKey(headers);
        const answer = await writeBatch(portal, caller, body, key, turns);
        const replayed = answer.replayed ? { 'Idempotency-Replayed': 'true' } : {};
        return { headers: replayed, body: JSON.stringify(answer.body) };
      },
    ),
    route(
      {
        name: 'getMaterial',
        summary:
          'Gets a material with its analysis and its conflicts. With Accept: application/ld+json, as a LearningResource of schema.org.',
        method: 'GET',
        path: '/materials/:id',
        caller: 'signedIn',
        params: paramsSchema,
        headers: ['If-None-Match'],
        responses: { 200: shownMaterialSchema, 304: null },
        alsoProduces: { [LINKED_DATA]: learningResourceSchema },
        problems: ['gone'],
      },
      async ({ caller, params, headers, accepts }) => {
        const shown = await getMaterial(portal, caller, params.id);
        const isLinkedData = accepts('application/json', LINKED_DATA) === LINKED_DATA;
        const etag = isLinkedData ? linkedDataEtag(shown.etag) : shown.etag;
        const caching = { ETag: etag, 'Cache-Control': 'private, no-cache', Vary: 'Accept' };
        if (isNotModified(headers, etag)) return { status: 304, headers: caching };
        if (!isLinkedData) return { headers: caching, body: shown.body };
        const body = presentLearningResource(shown.body.material);
        return { headers: { ...caching, 'Content-Type': LINKED_DATA }, body };
      },
    ),
    route(
      {
        name: 'replaceMaterial',
        summary: 'Replaces the fields that people edit. A changed text opens a new analysis.',
        method: 'PUT',
        path: '/materials/:id',
        caller: 'signedIn',
        params: paramsSchema,
        body: replacementSchema,
        headers: ['If-Match'],
        responses: { 200: updatedSchema },
        problems: ['gone'],
      },
      async ({ caller, params, headers, body: sent }) => {
        const ifMatch = readIfMatch(headers);
        const { etag, body } = await replaceMaterial(portal, caller, params.id, ifMatch, sent);
        return { headers: { ETag: etag }, body };
      },
    ),
    archiving(portal, {
      name: 'archiveMaterial',
      summary: 'Archives a material: lists leave it out, and its row stays in the sheet.',
      path: '/materials/:id/archive',
      isArchived: true,
    }),
    archiving(portal, {
      name: 'restoreMaterial',
      summary: 'Takes a material out of the archive: lists have it again.',
      path: '/materials/:id/restore',
      isArchived: false,
    }),
    route(
      {
        name: 'listHistory',
        summary: 'Lists the changes of a material’s cells, newest first.',
        method: 'GET',
        path: '/materials/:id/history',
        caller: 'signedIn',
        params: paramsSchema,
        query: pageQuerySchema,
        responses: { 200: historyPageSchema },
      },
      async ({ caller, params, query }) => ({
        body: await listHistory(portal, caller, params.id, query),
      }),
    ),
    route(
      {
        name: 'resolveConflict',
        summary: 'Settles a conflict: keeps the sheet’s text or the portal’s.',
        method: 'POST',
        path: '/materials/:id/conflicts/:field',
        caller: 'signedIn',
        params: conflictParamsSchema,
        body: resolutionSchema,
        responses: { 200: resolvedSchema },
        problems: ['gone'],
      },
      async ({ caller, params, body: { keep } }) => {
        const { etag, body } = await resolveConflict(portal, caller, params, keep);
        return { headers: { ETag: etag }, body };
      },
    ),
  ];
}

/** A route that writes or clears ARCHIVED_AT. */
function archiving(
  portal: Portal,
  {
    isArchived,
    ...described
  }: Pick<Route, 'name' | 'summary' | 'path'> & { readonly isArchived: boolean },
): Route {
  return route(
    {
      ...described,
      method: 'POST',
      caller: 'signedIn',
      params: paramsSchema,
      headers: ['If-Match'],
      responses: { 200: archivedSchema },
      problems: ['forbidden', 'gone'],
    },
    async ({ caller, params, headers }) => {
      const ifMatch = readIfMatch(headers);
      const { etag, body } = await setArchived(portal, caller, params.id, ifMatch, isArchived);
      return { headers: { ETag: etag }, body };
    },
  );
}
