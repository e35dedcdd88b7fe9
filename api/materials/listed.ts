import { sql, type Kysely, type RawBuilder } from 'kysely';
import {
  AI_FIELDS,
  beginning,
  byField,
  CELL_LIMIT,
  EDITABLE_FIELDS,
  METADATA_LIMIT,
  METADATA_NAME_LIMIT,
  WEB_ADDRESS_LIMIT,
  webAddressOf,
} from '../../core/index.ts';
import { boundedPage, newestPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import type { MaterialId } from '../db/ids.ts';
import type { Database } from '../db/schema.ts';
import type { MaterialRecord } from './repository.ts';
import type { ListedMaterial } from './schemas.ts';

/** How much of a text a list shows, in characters. No text is longer than a whole one. */
const SHOWN = { cut: 300, whole: CELL_LIMIT };

type Include = 'metadata' | 'whole' | undefined;

/** The texts that a list may cut. A cut `url` would lead elsewhere. */
const TEXTS = [
  ...EDITABLE_FIELDS.filter((field) => field !== 'url'),
  ...AI_FIELDS,
  'archivedAt',
] as const;

export interface ListedRow {
  readonly id: MaterialId;
  readonly texts: Readonly<Record<(typeof TEXTS)[number], string>>;
  readonly url: string;
  readonly metadata: {
    readonly texts: Readonly<Record<string, string>>;
    readonly cut: readonly string[];
  } | null;
  readonly cut: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A text as far as it is shown, and whether it goes on: PostgreSQL reads no more of it. */
const shown = (text: RawBuilder<unknown>, most: number) => sql`left(${text}, ${sql.lit(most)})`;
const goesOn = (text: RawBuilder<unknown>, most: number) =>
  sql`length(left(${text}, ${sql.lit(most + 1)})) > ${sql.lit(most)}`;

const COLUMNS = TEXTS.map((field) => [sql.lit(field), sql.ref(field)] as const);

/** The selected texts of a material, each up to so many characters. */
function textsUpTo(most: number) {
  return {
    texts: sql.join(COLUMNS.map(([field, text]) => sql`${field}, ${shown(text, most)}`)),
    cutTexts: sql.join(
      COLUMNS.map(([field, text]) => sql`case when ${goesOn(text, most)} then ${field} end`),
    ),
    /** The texts of further columns and which of them go on, read once: to unpack them is the costly part. */
    metadata: sql`(
  select jsonb_build_object(
    'texts', coalesce(jsonb_object_agg(key, ${shown(sql`value`, most)}), '{}'),
    'cut', coalesce(jsonb_agg('metadata.' || key) filter (where ${goesOn(sql`value`, most)}), '[]'))
  from (select key, value from jsonb_each_text(metadata)
    where length(key) <= ${sql.lit(METADATA_NAME_LIMIT)} limit ${sql.lit(METADATA_LIMIT)}) as entry)`,
  };
}

const CUT = textsUpTo(SHOWN.cut);
const WHOLE = textsUpTo(SHOWN.whole);

/** The most materials of a page with metadata. PostgreSQL unpacks up to 2.5 MB of it a material. */
export const MOST_WITH_METADATA = 25;

/** The most whole materials of a page: a workflow reads a catalog of 1,000 in 20 requests. */
const MOST_WHOLE = 50;

export function mostListed(include: Include): number {
  if (include === 'whole') return MOST_WHOLE;
  return include === 'metadata' ? MOST_WITH_METADATA : Infinity;
}

const columnsOf = (db: Kysely<Database>, include: Include) => {
  const { texts, cutTexts, metadata } = include === 'whole' ? WHOLE : CUT;
  return db
    .selectFrom('materials')
    .select([
      'id',
      sql<ListedRow['texts']>`jsonb_build_object(${texts})`.as('texts'),
      sql<string>`left(url, ${sql.lit(WEB_ADDRESS_LIMIT + 1)})`.as('url'),
      sql<ListedRow['metadata']>`${include === undefined ? sql`null::jsonb` : metadata}`.as(
        'metadata',
      ),
      sql<string[]>`array_remove(array[${cutTexts}], null)`.as('cut'),
      'createdAt',
      'updatedAt',
    ])
    .where('deletedAt', 'is', null);
};

/**
 * Materials newest first (index materials_current; with archived ones materials_newest). The cut parts do
 * not leave PostgreSQL.
 */
export async function readListed(
  db: Kysely<Database>,
  query: {
    limit: number;
    after: Position | null;
    include?: Include;
    withArchived?: boolean;
  },
): Promise<FoundRows<ListedRow>> {
  const { include, withArchived = false } = query;
  const listed = columnsOf(db, include);
  return newestPage(
    db,
    withArchived ? listed : listed.where('archivedAt', '=', sql.lit('')),
    query,
  );
}

/** The materials with these ids that are in the catalog, in the order of the ids. */
export async function readListedByIds(
  db: Kysely<Database>,
  ids: readonly MaterialId[],
  include: Include,
): Promise<FoundRows<ListedRow>> {
  const rows = columnsOf(db, include)
    .select(sql<number>`array_position(${ids}::uuid[], id)`.as('place'))
    .where(sql<boolean>`id = any(${ids}::uuid[])`);
  return boundedPage(db, rows, sql`place`);
}

/** A whole material as lists give it, without its metadata. */
export function presentCut(row: MaterialRecord): ListedMaterial {
  return {
    id: row.id,
    ...byField(TEXTS, (field) => beginning(row[field], SHOWN.cut)),
    url: webAddressOf(row.url),
    cut: TEXTS.filter((field) => row[field].length > SHOWN.cut),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt === '' ? null : beginning(row.archivedAt, SHOWN.cut),
  };
}

export function presentListed({ id, texts, metadata, ...row }: ListedRow): ListedMaterial {
  return {
    id,
    ...texts,
    url: webAddressOf(row.url),
    ...(metadata === null ? {} : { metadata: metadata.texts }),
    cut: [...row.cut, ...(metadata?.cut ?? [])],
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: texts.archivedAt === '' ? null : texts.archivedAt,
  };
}
