import type { Kysely } from 'kysely';
import { z } from 'zod/v4';
import { authorize } from '../auth/authorize.ts';
import type { Database } from '../db/schema.ts';
import { keepUnchanged, readSnapshot } from '../db/unchanged.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import { page, readCursor } from '../http/page.ts';
import type { Portal } from '../portal.ts';
import {
  countMatches,
  FACETS,
  findBest,
  findNewest,
  readFilters,
  readSearch,
  type Filters,
  type Found,
  type RankedPosition,
} from '../search/index.ts';
import { mostListed, presentListed, readListed, readListedByIds } from './listed.ts';
import type { ListQuery, MaterialPage } from './schemas.ts';

/**
 * Materials that match a query and filters: the newest first, or the best first. Without both, the whole
 * catalog. Archived materials are left out unless the query asks for them. A page ends before the limit where its materials are large.
 *
 * @returns the page as JSON
 * @throws PortalError `not_signed_in`, `invalid`
 */
export async function listMaterials(
  { db }: Portal,
  caller: Caller,
  query: ListQuery,
): Promise<Buffer> {
  const [, snapshot] = await Promise.all([authorize(db, caller), readSnapshot(db)]);
  return pages.of(db, snapshot, JSON.stringify(query), () => readPage(db, query));
}

/** Everybody sees the same materials. A page has 0.6 MB at most. */
const pages = keepUnchanged({ most: 50 });

async function readPage(db: Kysely<Database>, query: ListQuery): Promise<MaterialPage> {
  const { q = '', cursor, include, sort = q === '' ? 'newest' : 'relevance' } = query;
  const limit = Math.min(query.limit, mostListed(include));
  const facets = Object.fromEntries(
    FACETS.flatMap((facet) => (query[facet] === undefined ? [] : [[facet, [query[facet]].flat()]])),
  );
  const withArchived = query.archived === 'true';
  const filters: Filters = { ...(await readFilters(db, facets)), withArchived };
  const search = await readSearch(db, q);
  const counts = query.facets === 'true' ? await countMatches(db, search, filters) : {};
  const corrections = q === '' ? {} : { corrections: search.corrections };

  if (search.matches === null && Object.keys(facets).length === 0) {
    const found = await readListed(db, {
      limit,
      after: readCursor(cursor),
      include,
      withArchived,
    });
    return { ...page(found, limit, presentListed), ...counts, ...corrections };
  }
  const isRanked = sort === 'relevance' && search.matches !== null;
  const ranked = isRanked ? { after: readRankedCursor(cursor), limit: limit + 1 } : null;
  const best = ranked && (await findBest(db, search, filters, ranked));
  const found =
    best?.found ??
    (await findNewest(db, search, filters, { after: readCursor(cursor), limit: limit + 1 }));
  const asked = found.slice(0, limit);
  const read = await readListedByIds(
    db,
    asked.map(({ id }) => id),
    include,
  );
  const shown = new Set(read.rows.map(({ id }) => id));
  // The page ends early if its materials are large. A material that was just deleted is passed over.
  const isCut = read.found > read.rows.length;
  const last = isCut ? asked.findLast(({ id }) => shown.has(id)) : asked.at(-1);
  const goesOn = last !== undefined && (isCut || found.length > limit);
  return {
    items: read.rows.map(presentListed),
    nextCursor: goesOn ? cursorAfter(last, best?.newest ?? null) : null,
    ...counts,
    ...corrections,
  };
}

/** A `real` of PostgreSQL. */
const rankSchema = z.number().refine((rank) => rank === 0 || (rank > 1e-37 && rank < 1e37));

const rankedSchema = z
  .tuple([rankSchema, z.uuid(), z.iso.datetime(), z.uuid()])
  .transform(([rank, id, newestAt, newestId]): RankedPosition => ({
    rank,
    id,
    newest: { createdAt: new Date(newestAt), id: newestId },
  }));

function cursorAfter({ id, createdAt, rank }: Found, newest: RankedPosition['newest'] | null) {
  const position =
    newest === null
      ? [createdAt.toISOString(), id]
      : [rank, id, newest.createdAt.toISOString(), newest.id];
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws PortalError `invalid` if the cursor is not one of a list by relevance */
function readRankedCursor(cursor: string | undefined): RankedPosition | null {
  if (cursor === undefined) return null;
  try {
    return rankedSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    const message = 'is not a cursor of this list; begin again without one';
    throw new PortalError('invalid', `Not valid: cursor ${message}.`, [
      { path: 'cursor', message },
    ]);
  }
}
