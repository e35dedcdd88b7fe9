import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AnalysisResult, EventType, FailureCode, JobKind } from '../../core/index.ts';
import type { JobId, MaterialId, SessionFamily, SessionId, SubscriptionId, UserId } from './ids.ts';

export const ROLES = ['teacher', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const JOB_STATUSES = ['PROCESSING', 'COMPLETED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * The stage of a job within its status: `queued` (to be
 * posted), `delivered` (posted, nobody has claimed it), `claimed` (by one execution, on a lease),
 * `ended` (exactly when its status is not PROCESSING).
 */
export type JobStage = 'queued' | 'delivered' | 'claimed' | 'ended';

/** Why the sync of the catalog with its sheet has stopped. */
export const STOP_REASONS = [
  'no_access',
  'tab_missing',
  'header',
  'emptied',
  'vanished',
  'protected',
  'full',
  'refused',
  'quota',
  'unreachable',
  'internal',
  'overdue',
] as const;
export type StopReason = (typeof STOP_REASONS)[number];

type Json<T> = JSONColumnType<NonNullable<T> & object>;
type NullableJson<T extends object> = ColumnType<
  T | null,
  string | null | undefined,
  string | null
>;
type Defaulted<T extends object> = ColumnType<T, string | undefined, string>;
type Time = ColumnType<Date, Date | string | undefined, Date | string>;
type NullableTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

export interface UsersTable {
  id: ColumnType<UserId, never, never>;
  google_id: string;
  email: string;
  name: string;
  picture: string | null;
  role: Role;
  created_at: Time;
  updated_at: Time;
}

export interface SessionsTable {
  id: SessionId;
  user_id: UserId;
  family: SessionFamily;
  /** SHA-256 of the refresh token, in hex; the token itself is nowhere. */
  token_hash: string;
  expires_at: Time;
  rotated_at: NullableTime;
  successor: SessionId | null;
  /** Set for the whole family at once: signed out, or a refresh token was used twice. */
  ended_at: NullableTime;
  created_at: Time;
}

/** ID tokens of Google with which somebody signed in: none is taken twice. */
export interface UsedIdTokensTable {
  /** SHA-256 of what Google signed, in hex. */
  token_hash: string;
  used_at: Time;
}

export interface MaterialsTable {
  id: MaterialId;
  subject: Generated<string>;
  title: Generated<string>;
  description: Generated<string>;
  type: Generated<string>;
  level: Generated<string>;
  theme: Generated<string>;
  subtheme: Generated<string>;
  url: Generated<string>;
  ai_summary: Generated<string>;
  ai_status: Generated<string>;
  ai_source: Generated<string>;
  metadata: Defaulted<Record<string, string>>;
  /** The values last seen in the sheet, by field; null: never seen there. */
  base: NullableJson<Record<string, string>>;
  /** Field → the revision at which the portal changed it and has not yet seen it in the sheet. */
  pending: Defaulted<Record<string, number>>;
  conflicts: Defaulted<Record<string, unknown>>;
  /** The job that made the analysis which the portal shows. */
  analysis_job_id: JobId | null;
  /** Counts changes of what people edit: the ETag's first part. */
  revision: Generated<number>;
  /** Counts what analyses wrote: these fields' numbers in `pending`, the ETag's second part. */
  ai_revision: Generated<number>;
  text_hash: string;
  created_by: UserId | null;
  missing_since: NullableTime;
  deleted_at: NullableTime;
  /** The row that was last merged, as a digest; null: merge it again (sync/digests.ts). */
  row_digest: ColumnType<string | null, string | null | undefined, string | null>;
  created_at: Time;
  updated_at: Time;
}

/** Why a job failed; `detail` is for the designer of the workflow. */
export interface JobError {
  code: FailureCode;
  detail: string;
}

export interface JobsTable {
  id: JobId;
  /** Null: opened by a schedule or by an edit in the sheet. */
  user_id: UserId | null;
  material_id: MaterialId | null;
  kind: JobKind;
  options: Defaulted<Record<string, unknown>>;
  status: Generated<JobStatus>;
  stage: Generated<JobStage>;
  progress: Generated<number>;
  result_json: NullableJson<AnalysisResult | Record<string, unknown>>;
  error: NullableJson<JobError>;
  attempt: Generated<number>;
  /** The execution that claimed this attempt, or that ended the job. */
  execution_id: string | null;
  /** SHA-256 of the last ending that was accepted: the very same again is answered 200. */
  ending: string | null;
  /** Hash of the text the job was opened for. */
  text_hash: string | null;
  /** Posts of this attempt that were answered with 2xx. */
  deliveries: Generated<number>;
  /** The subscription to which this attempt was last posted. */
  delivered_to: SubscriptionId | null;
  /** Posts in a row that were not; no subscription counts as one. */
  misses: Generated<number>;
  /** When the queue looks at it again; null once ended. */
  next_at: NullableTime;
  /** Unclaimed by then, the attempt has failed. */
  claim_deadline: Time;
  lease_until: NullableTime;
  /** When to send `material.created` to subscriptions that only listen; null: it was sent, or is not needed. */
  announce_at: NullableTime;
  started_at: NullableTime;
  ended_at: NullableTime;
  created_at: Time;
  updated_at: Time;
}

/** How the last post to a subscription went. */
export interface LastDelivery {
  at: string;
  /** The HTTP status; null: there was no answer. */
  status: number | null;
  error: string | null;
}

/** The trigger of a subscription: which node of which workflow of which n8n. */
export interface SubscribedWorkflow {
  /** n8n's own id of the installation. It stays the same when n8n gets another address. */
  instanceId: string;
  id: string;
  name: string;
  nodeId: string;
}

export interface SubscriptionsTable {
  id: SubscriptionId;
  url: string;
  event_types: EventType[];
  kinds: JobKind[];
  test: boolean;
  /** When it was last put: of those that want a kind, the newest claims it. */
  put_at: Time;
  last_delivery: NullableJson<LastDelivery>;
  /** Null: an older version registered it. */
  workflow: NullableJson<SubscribedWorkflow>;
  created_at: Time;
}

export interface SheetWritesTable {
  /** The batch's id, as in the journal. */
  id: string;
  number: ColumnType<number, number, number>;
  plan: Json<object>;
  created_at: Time;
  sent_at: NullableTime;
  outcome: string | null;
  settled_at: NullableTime;
}

/** A text that a batch overwrote and for which no row was found. */
export interface UnplacedTextsTable {
  batch_id: string;
  /** Where the batch wrote, from 0. */
  row_index: number;
  column_index: number;
  /** Of the overwritten row; null: it had no id. */
  material_id: MaterialId | null;
  title: string;
  /** The column's header. */
  header: string;
  text: string;
  at: Time;
}

export interface IdempotencyKeysTable {
  actor: string;
  key: string;
  request_hash: string;
  answer: Json<object>;
  created_at: Time;
}

export interface WebhookDeliveriesTable {
  /** The webhook-id that n8n sent. */
  id: string;
  answer: Json<object>;
  created_at: Time;
}

export interface AuditLogTable {
  id: ColumnType<number, never, never>;
  at: Time;
  /** `user:<id>`, `service:<name>` or `portal`. */
  actor: string;
  action: string;
  subject: string;
  details: Defaulted<Record<string, unknown>>;
}

export interface MaterialHistoryTable {
  /** UUIDv7: orders the changes of one moment. */
  id: string;
  material_id: MaterialId;
  at: Time;
  /** `user:<id>`, `service:<name>`, `workflow:<execution>`, `sheet` or `portal`. */
  actor: string;
  /** A field's name, or `metadata.<header>`. */
  field: string;
  before: string | null;
  after: string | null;
  /** The revision that the change made; null: none, as with what an analysis wrote. */
  revision: number | null;
}

/** Edits of which `material.updated` is still to be sent. */
export interface MaterialUpdatesTable {
  material_id: MaterialId;
  /** The newest edit's. */
  revision: number;
  since: Time;
  next_at: Time;
}

/** Something in the sheet that a person has to look at. */
export interface CatalogProblem {
  /** As the sheet shows it, from 1; null: it concerns no single row. */
  rowNumber: number | null;
  kind: string;
  message: string;
}

/** Requests of the last minute before `at` (ISO 8601). */
export interface QuotaUsed {
  at: string;
  reads: number;
  writes: number;
}

/** One row, written by whichever instance leads the sync. */
export interface CatalogStateTable {
  id: Generated<boolean>;
  state: Generated<'ok' | 'stopped'>;
  /** Set exactly while stopped. */
  reason: StopReason | null;
  /** What was thrown: for the reason `header`, which column. */
  detail: string | null;
  stopped_at: NullableTime;
  /** When the sheet was last read and merged. */
  last_sync_at: NullableTime;
  /** The first ones, by row. */
  problems: Defaulted<CatalogProblem[]>;
  /** How many there are; null: `problems` has all of them. */
  problem_count: ColumnType<number | null, number | null | undefined, number | null>;
  quota: NullableJson<QuotaUsed>;
  /** How many materials were missing when sync stopped for it. */
  vanished: Generated<number>;
  /** When an admin said that they were meant to vanish; sync clears it once it has gone on. */
  confirmed_at: NullableTime;
  /** Since when every row of the sheet has an id: what is new after that was typed just now. */
  adopted_at: NullableTime;
}

/** One row: which versions may run on this database (migrations/004_needs.ts). */
export interface DatabaseNeedsTable {
  id: Generated<boolean>;
  knows: string | null;
}

export interface Database {
  users: UsersTable;
  sessions: SessionsTable;
  used_id_tokens: UsedIdTokensTable;
  materials: MaterialsTable;
  jobs: JobsTable;
  subscriptions: SubscriptionsTable;
  sheet_writes: SheetWritesTable;
  unplaced_texts: UnplacedTextsTable;
  idempotency_keys: IdempotencyKeysTable;
  webhook_deliveries: WebhookDeliveriesTable;
  audit_log: AuditLogTable;
  material_history: MaterialHistoryTable;
  material_updates: MaterialUpdatesTable;
  catalog_state: CatalogStateTable;
  database_needs: DatabaseNeedsTable;
}
