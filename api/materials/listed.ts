import { sql, type Kysely, type RawBuilder } from 'kysely';
import {
  AI_FIELDS,
  beginning,
  byField,
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

/** How much of a text a list shows, in characters. */
const SHOWN = 300;

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
const shown = (text: RawBuilder<unknown>) => sql`left(${text}, ${sql.lit(SHOWN)})`;
const goesOn = (text: RawBuilder<unknown>) =>
  sql`length(left(${text}, ${sql.lit(SHOWN + 1)})) > ${sql.lit(SHOWN)}`;

const COLUMNS = TEXTS.map((field) => [sql.lit(field), sql.ref(field)] as const);
const texts = sql.join(COLUMNS.map(([field, text]) => sql`${field}, ${shown(text)}`));
const cutTexts = sql.join(
  COLUMNS.map(([field, text]) => sql`case when ${goesOn(text)} then ${field} end`),
);

/** The texts of further columns and which of them go on, read once: to unpack them is the costly part. */
const metadata = sql`(
  select jsonb_build_object(
    'texts', coalesce(jsonb_object_agg(key, ${shown(sql`value`)}), '{}'),
    'cut', coalesce(jsonb_agg('metadata.' || key) filter (where ${goesOn(sql`value`)}), '[]'))
  from (select key, value from jsonb_each_text(metadata)
    where length(key) <= ${sql.lit(METADATA_NAME_LIMIT)} limit ${sql.lit(METADATA_LIMIT)}) as entry)`;

/** The most materials of a page with metadata. PostgreSQL unpacks up to 2.5 MB of it a material. */
export const MOST_WITH_METADATA = 25;

const columnsOf = (db: Kysely<Database>, include: 'metadata' | undefined) =>
  db
    .selectFrom('materials')
    .select([
      'id',
      sql<ListedRow['texts']>`jsonb_build_object(${texts})`.as('texts'),
      sql<string>`left(url, ${sql.lit(WEB_ADDRESS_LIMIT + 1)})`.as('url'),
      sql<ListedRow['metadata']>`${include === 'metadata' ? metadata : sql`null::jsonb`}`.as(
        'metadata',
      ),
      sql<string[]>`array_remove(array[${cutTexts}], null)`.as('cut'),
      'createdAt',
      'updatedAt',
    ])
    .where('deletedAt', 'is', null);

/**
 * Materials newest first (index materials_current; with archived ones materials_newest). The cut parts do
 * not leave PostgreSQL.
 */
export async function readListed(
  db: Kysely<Database>,
  query: {
    limit: number;
    after: Position | null;
    include?: 'metadata' | undefined;
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
  include: 'metadata' | undefined,
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
    ...byField(TEXTS, (field) => beginning(row[field], SHOWN)),
    url: webAddressOf(row.url),
    cut: TEXTS.filter((field) => row[field].length > SHOWN),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt === '' ? null : beginning(row.archivedAt, SHOWN),
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
