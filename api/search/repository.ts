import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { MaterialId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { Position } from '../db/boundedPage.ts';
import { countsByMeaning, FACETS, mostCounted, type Facet, type Filters } from './facets.ts';
import { queryWords, type QueryWord } from './words.ts';

/** The search computes the rank of this many matches, the newest. */
const MOST_RANKED = 2_000;

/** Similar words for a word that the catalog does not have. */
const MOST_CORRECTIONS = 3;

/** What a person searches for, after typing errors were corrected. */
export interface Search {
  /** Null: all materials. */
  readonly matches: RawBuilder<boolean> | null;
  readonly query: RawBuilder<unknown> | null;
  readonly corrections: readonly Correction[];
}

export interface Correction {
  readonly from: string;
  readonly to: readonly string[];
}

/**
 * Reads a query. If the catalog does not have a word, the search also looks for similar words that it has
 * (index search_words_alike).
 */
export async function readSearch(db: Kysely<Database>, text: string): Promise<Search> {
  const words = queryWords(text);
  if (words.length === 0) return { matches: null, query: null, corrections: [] };
  const corrections = await correctionsOf(db, words);
  const corrected = new Map(corrections.map(({ from, to }) => [from, to]));
  const query = sql.join(
    words.map((one) =>
      wordQuery({ ...one, family: [...one.family, ...(corrected.get(one.word) ?? [])] }),
    ),
    sql` && `,
  );
  return { matches: sql<boolean>`words @@ (${query})`, query, corrections };
}

/** A word's tsquery: the word itself, its family, and the stems of these. Words have letters and digits only. */
function wordQuery({ word, family, isPrefix }: QueryWord): RawBuilder<unknown> {
  const any = family.map((one) => `'${one}'`).join(' | ');
  const simple = isPrefix ? `${any} | '${word}':*` : any;
  return sql`(to_tsquery('simple', ${simple}) || to_tsquery('indonesian', ${any}))`;
}

async function correctionsOf(
  db: Kysely<Database>,
  words: readonly QueryWord[],
): Promise<Correction[]> {
  const { rows } = await sql<{ word: string; alike: string[] }>`
    with asked as (
      select word, is_prefix from unnest(
        ${words.map(({ word }) => word)}::text[], ${words.map(({ isPrefix }) => isPrefix)}::boolean[]
      ) as asked(word, is_prefix)
      where length(word) > 3 and word !~ '[0-9]'
    ), unknown as (
      select word from asked
      where not exists (select from search_words known
        where known.word = asked.word
          or (is_prefix and known.word like asked.word || '%'))
    )
    select unknown.word, array(
      select known.word from search_words known where known.word % unknown.word
      order by similarity(known.word, unknown.word) desc, uses desc, known.word limit ${MOST_CORRECTIONS}
    ) as alike from unknown`
    .execute(db)
    .catch(withoutTrigrams);
  return rows.flatMap(({ word, alike }) => (alike.length === 0 ? [] : [{ from: word, to: alike }]));
}

/** The extension pg_trgm may be missing (migration 012): then nothing is corrected. */
function withoutTrigrams(error: unknown): { rows: [] } {
  const isMissing = error instanceof Error && 'code' in error && error.code === '42883';
  if (isMissing) return { rows: [] };
  throw error;
}

function conditions({ matches }: Search, filters: Filters, without?: Facet): RawBuilder<boolean> {
  const all = FACETS.flatMap((facet) => {
    const texts = filters[facet];
    if (texts === undefined || facet === without) return [];
    return [sql<boolean>`${sql.ref(facet)} = any(${texts}::text[])`];
  });
  if (filters.withArchived !== true) all.push(sql<boolean>`not is_archived`);
  if (matches !== null) all.push(matches);
  return all.length === 0 ? sql<boolean>`true` : sql.join(all, sql` and `);
}

/**
 * Where the next ranked page begins: after this rank and id, among matches that are not newer than
 * `newest`.
 */
export interface RankedPosition {
  readonly rank: number;
  readonly id: string;
  readonly newest: Position;
}

export interface Found {
  readonly id: MaterialId;
  readonly createdAt: Date;
  readonly rank: number;
}

/**
 * Finds the newest matches (index material_search_words, or material_search_current; with archived
 * materials material_search_newest).
 */
export async function findNewest(
  db: Kysely<Database>,
  search: Search,
  filters: Filters,
  { limit, after }: { limit: number; after: Position | null },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select material_id as id, created_at, 0 as rank from material_search
    where ${conditions(search, filters)} and ${olderThan(after)}
    order by created_at desc, material_id desc limit ${limit}`.execute(db);
  return rows;
}

/**
 * Finds the best of the newest 2,000 matches. A rank depends on the material and the query alone. Later
 * pages rank the same matches as the first page. So no page repeats a material, unless its texts change in
 * between.
 */
export async function findBest(
  db: Kysely<Database>,
  search: Search,
  filters: Filters,
  { limit, after }: { limit: number; after: RankedPosition | null },
): Promise<{ found: Found[]; newest: Position | null }> {
  const from = after?.newest ?? null;
  const isAfter =
    after === null
      ? sql<boolean>`true`
      : sql<boolean>`(rank, id) < (${after.rank}::real, ${after.id}::uuid)`;
  const { rows } = await sql<Found & { newestAt: Date; newestId: string }>`
    with newest as (
      select material_id as id, created_at, words from material_search
      where ${conditions(search, filters)} and ${from === null ? sql`true` : notNewerThan(from)}
      order by created_at desc, material_id desc limit ${MOST_RANKED}
    ), ranked as (
      select id, created_at, ts_rank_cd(words, ${search.query ?? sql`''::tsquery`}, 1) as rank,
        first_value(created_at) over newest_first as newest_at,
        first_value(id) over newest_first as newest_id
      from newest window newest_first as (order by created_at desc, id desc)
    )
    select * from ranked where ${isAfter} order by rank desc, id desc limit ${limit}`.execute(db);
  const [first] = rows;
  const newest = first === undefined ? null : { createdAt: first.newestAt, id: first.newestId };
  return { found: rows, newest: from ?? newest };
}

function olderThan(after: Position | null): RawBuilder<boolean> {
  if (after === null) return sql<boolean>`true`;
  return sql<boolean>`(created_at, material_id) < (${after.createdAt}::timestamptz, ${after.id}::uuid)`;
}

function notNewerThan({ createdAt, id }: Position): RawBuilder<boolean> {
  return sql<boolean>`(created_at, material_id) <= (${createdAt}::timestamptz, ${id}::uuid)`;
}

export interface Counts {
  readonly total: number;
  readonly facets: Readonly<Record<Facet, ReadonlyArray<{ value: string; count: number }>>>;
}

/**
 * Counts all matches, and the matches of each value of each facet. The count of a facet ignores the filter
 * of that facet. Example: with the filter `subject=IPA`, the counts of the subjects show all subjects.
 *
 * The query first counts by all facets together, because a school has few combinations. It counts texts;
 * their counts are then added up by what the texts mean.
 */
export async function countMatches(
  db: Kysely<Database>,
  search: Search,
  filters: Filters,
): Promise<Counts> {
  const columns = sql.join(FACETS.map((facet) => sql.ref(facet)));
  const { withArchived = false, ...facets } = filters;
  const noQuery = { ...search, matches: null };
  const ofHits = { ...facets, withArchived: true };
  const ofFacet = (facet: Facet) => sql`
    (select ${sql.lit(facet)} as facet, ${sql.ref(facet)} as value, sum(n)::int as count from hits
    where ${conditions(noQuery, ofHits, facet)} and ${sql.ref(facet)} <> ''
    group by ${sql.ref(facet)} order by count desc, value limit ${mostCounted(facet)})`;
  const { rows } = await sql<{ facet: string; value: string; count: number }>`
    with hits as materialized (
      select ${columns}, count(*) as n from material_search
      where ${conditions(search, { withArchived })} group by ${columns}
    )
    (select 'total' as facet, '' as value, coalesce(sum(n), 0)::int as count from hits
      where ${conditions(noQuery, ofHits)})
    union all ${sql.join(FACETS.map(ofFacet), sql` union all `)}`.execute(db);
  const of = (name: Facet) =>
    countsByMeaning(
      name,
      rows.filter(({ facet }) => facet === name),
    );
  return {
    total: rows.find(({ facet }) => facet === 'total')?.count ?? 0,
    facets: {
      subject: of('subject'),
      level: of('level'),
      type: of('type'),
      theme: of('theme'),
      subtheme: of('subtheme'),
      analysis: of('analysis'),
    },
  };
}

/** Words that are kept for typing errors, the most frequent first. */
const MOST_KEPT = 50_000;

/** Gives a text that changes with every edit and every new material. */
export async function catalogState(db: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ state: string }>`
    select concat(count(*), ' ', max(updated_at)) as state from materials
    where deleted_at is null`.execute(db);
  return rows[0]?.state ?? '';
}

/** Counts the words of the newest 20,000 materials anew. That takes PostgreSQL about a second. */
export async function countWords(db: Kysely<Database>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`lock table search_words in share row exclusive mode`.execute(trx);
    await sql`delete from search_words`.execute(trx);
    await sql`
      insert into search_words
      select word, ndoc from ts_stat(
        'select to_tsvector(''simple'', search_text(concat_ws('' '', left(title, 2000),
          left(subject, 200), left(theme, 500), left(subtheme, 500), left(type, 200),
          left(level, 200), left(description, 2000), left(ai_summary, 2000))))
        from materials where deleted_at is null order by created_at desc, id desc limit 20000')
      where length(word) between 3 and 60 and word !~ '[0-9]'
      order by ndoc desc, word limit ${MOST_KEPT}`.execute(trx);
  });
}
