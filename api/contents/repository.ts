import type { Kysely, Selectable, Transaction } from 'kysely';
import type { ContentKind, GenerateResult } from '../../core/index.ts';
import { newestPage, type FoundRows, type Position } from '../db/boundedPage.ts';
import type { ContentId, JobId, MaterialId, UserId } from '../db/ids.ts';
import type { ContentsTable, ContentStatus, Database } from '../db/schema.ts';
import { now } from '../db/time.ts';

export type ContentRow = Selectable<ContentsTable>;

/** A content as lists have it: without its body, which may be long. */
export type ListedContentRow = Pick<ContentRow, (typeof LISTED)[number]>;

const LISTED = [
  'id',
  'materialId',
  'subject',
  'level',
  'kind',
  'title',
  'status',
  'jobId',
  'decidedBy',
  'decidedAt',
  'createdAt',
  'updatedAt',
] as const satisfies ReadonlyArray<keyof ContentRow>;

/** Writes a draft. The unique index of `job_id` lets a job have one content at most. */
export async function insertContent(
  trx: Transaction<Database>,
  {
    body,
    ...content
  }: Pick<GenerateResult, 'kind' | 'title' | 'body'> & {
    readonly id: ContentId;
    readonly jobId: JobId;
    readonly materialId: MaterialId | null;
    readonly authorId: UserId | null;
    readonly subject: string;
    readonly level: string;
  },
): Promise<void> {
  await trx
    .insertInto('contents')
    .values({ ...content, body: JSON.stringify(body) })
    .execute();
}

export async function findContent(
  db: Kysely<Database>,
  id: ContentId,
): Promise<ContentRow | undefined> {
  return db.selectFrom('contents').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locks a content for as long as the transaction lasts. */
export async function lockContent(
  trx: Transaction<Database>,
  id: ContentId,
): Promise<ContentRow | undefined> {
  return trx
    .selectFrom('contents')
    .selectAll()
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
}

/**
 * Lists contents, newest first. One of these indexes serves it: contents_newest, contents_of_status,
 * contents_of_material, contents_of_subject, contents_of_level. For a reader, PostgreSQL merges the
 * approved contents (one of these indexes) with the reader's own contents (contents_of_author). With `or`
 * instead of the union, it would read all drafts.
 *
 * @param filter with `readerId`: approved contents, and all contents of materials that this person added;
 *   null: all contents
 */
export async function listContents(
  db: Kysely<Database>,
  filter: {
    limit: number;
    after: Position | null;
    readerId: UserId | null;
    status?: ContentStatus | undefined;
    kind?: ContentKind | undefined;
    materialId?: MaterialId | undefined;
    subject?: string | undefined;
    level?: string | undefined;
  },
): Promise<FoundRows<ListedContentRow>> {
  const { readerId } = filter;
  const all = db.selectFrom('contents').select(LISTED);
  const approved = all.where('status', '=', 'approved');
  const own = all.where('status', '<>', 'approved').where('authorId', '=', readerId);
  const readable = readerId === null ? all : approved.unionAll(own);
  let query = db.selectFrom(readable.as('readable')).select(LISTED);
  for (const column of ['status', 'kind', 'materialId', 'subject', 'level'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  return newestPage(db, query, filter);
}

/** Decides a draft. @param id locked, and a draft */
export async function updateDecision(
  trx: Transaction<Database>,
  id: ContentId,
  decision: Exclude<ContentStatus, 'draft'>,
  decidedBy: UserId,
): Promise<ContentRow> {
  return trx
    .updateTable('contents')
    .set({ status: decision, decidedBy, decidedAt: now, updatedAt: now })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}
