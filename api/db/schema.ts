import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type {
  AnalysisResult,
  ContentKind,
  EventType,
  FailureCode,
  GenerateResult,
  JobKind,
  MergedField,
} from '../../core/index.ts';
import type {
  ContentId,
  InviteId,
  JobId,
  MaterialId,
  SessionFamily,
  SessionId,
  SubscriptionId,
  UserId,
} from './ids.ts';

export const ROLES = ['teacher', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const JOB_STATUSES = ['PROCESSING', 'COMPLETED', 'FAILED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/**
 * The stage of a job within its status:
 *
 * - `queued`: to be posted;
 * - `delivered`: posted, and no execution has claimed it;
 * - `claimed`: one execution has it, on a lease;
 * - `ended`: exactly when its status is not PROCESSING.
 */
export type JobStage = 'queued' | 'delivered' | 'claimed' | 'ended';

/** The statuses of a content. A decision is for good. */
export const CONTENT_STATUSES = ['draft', 'approved', 'rejected'] as const;
export type ContentStatus = (typeof CONTENT_STATUSES)[number];

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
  googleId: string;
  email: string;
  name: string;
  picture: string | null;
  role: Role;
  /** Null: the account is enabled. */
  disabledAt: NullableTime;
  /** ID tokens that Google made before this time are refused. Null: none is. */
  googleEndedAt: NullableTime;
  createdAt: Time;
  updatedAt: Time;
}

export interface SessionsTable {
  id: SessionId;
  userId: UserId;
  family: SessionFamily;
  /** SHA-256 of the refresh token, in hex; the token itself is nowhere. */
  tokenHash: string;
  expiresAt: Time;
  rotatedAt: NullableTime;
  successor: SessionId | null;
  /** Set for the whole family at once: signed out, or a refresh token was used twice. */
  endedAt: NullableTime;
  createdAt: Time;
}

/** ID tokens of Google with which somebody signed in: none is taken twice. */
export interface UsedIdTokensTable {
  /** SHA-256 of what Google signed, in hex. */
  tokenHash: string;
  usedAt: Time;
}

export interface InvitesTable {
  id: ColumnType<InviteId, never, never>;
  /** A to Z in lower case. */
  email: string;
  role: Role;
  invitedBy: UserId | null;
  createdAt: Time;
  expiresAt: Time;
  /** Null: nobody has used it. */
  usedAt: NullableTime;
  usedBy: ColumnType<UserId | null, never, UserId>;
}

/** Security events of Google that were handled: none is handled twice. */
export interface SecurityEventsTable {
  /** SHA-256 of the event's `jti`, in hex. */
  eventHash: string;
  receivedAt: Time;
}

/** The texts of a material are columns with the names of the fields (core/material/columns.ts). */
export interface MaterialsTable extends Readonly<Record<MergedField, Generated<string>>> {
  id: MaterialId;
  metadata: Defaulted<Record<string, string>>;
  /** The values last seen in the sheet, by field; null: never seen there. */
  base: NullableJson<Record<string, string>>;
  /** Field → the revision at which the portal changed it and has not yet seen it in the sheet. */
  pending: Defaulted<Record<string, number>>;
  conflicts: Defaulted<Record<string, unknown>>;
  /** The job that made the analysis which the portal shows. */
  analysisJobId: JobId | null;
  /** Counts changes of what people edit: the ETag's first part. */
  revision: Generated<number>;
  /** Counts what analyses wrote: these fields' numbers in `pending`, the ETag's second part. */
  aiRevision: Generated<number>;
  textHash: string;
  createdBy: UserId | null;
  missingSince: NullableTime;
  deletedAt: NullableTime;
  /** The row that was last merged, as a digest; null: merge it again (sync/rows.ts). */
  rowDigest: ColumnType<string | null, string | null | undefined, string | null>;
  createdAt: Time;
  updatedAt: Time;
}

/** Why a job failed; `detail` is for the designer of the workflow. */
export interface JobError {
  code: FailureCode;
  detail: string;
}

export interface JobsTable {
  id: JobId;
  /** Null: opened by a schedule or by an edit in the sheet. */
  userId: UserId | null;
  /** Null: the job fills a gap. */
  materialId: MaterialId | null;
  kind: JobKind;
  options: Defaulted<Record<string, unknown>>;
  status: Generated<JobStatus>;
  stage: Generated<JobStage>;
  progress: Generated<number>;
  resultJson: NullableJson<AnalysisResult | GenerateResult | Record<string, unknown>>;
  error: NullableJson<JobError>;
  attempt: Generated<number>;
  /** The execution that claimed this attempt, or that ended the job. */
  executionId: string | null;
  /** SHA-256 of the last ending that was accepted: the very same again is answered 200. */
  ending: string | null;
  /** Hash of the text the job was opened for. */
  textHash: string | null;
  /** Posts of this attempt that were answered with 2xx. */
  deliveries: Generated<number>;
  /** The subscription to which this attempt was last posted. */
  deliveredTo: SubscriptionId | null;
  /** Posts in a row that were not; no subscription counts as one. */
  misses: Generated<number>;
  /** When the queue looks at it again; null once ended. */
  nextAt: NullableTime;
  /** Unclaimed by then, the attempt has failed. */
  claimDeadline: Time;
  leaseUntil: NullableTime;
  /** When to send `material.created` to subscriptions that only listen; null: it was sent, or is not needed. */
  announceAt: NullableTime;
  /** The trace of the request or the cycle that opened the job, as a W3C `traceparent`; null: none. */
  traceparent: ColumnType<string | null, string | null | undefined, string | null>;
  startedAt: NullableTime;
  endedAt: NullableTime;
  createdAt: Time;
  updatedAt: Time;
}

/** What a workflow has generated for a material or for a gap. */
export interface ContentsTable {
  id: ContentId;
  /** Null: a gap. */
  materialId: MaterialId | null;
  /** The author of the material; null: a gap, or nobody is known. */
  authorId: UserId | null;
  /** Of the material when the job ended, the first 200 characters; or of the gap. */
  subject: string;
  level: string;
  kind: ContentKind;
  title: string;
  body: Json<Record<string, unknown>>;
  status: Generated<ContentStatus>;
  /** The job that it is the result of. */
  jobId: JobId;
  decidedBy: UserId | null;
  /** Set exactly when it is no draft. */
  decidedAt: NullableTime;
  createdAt: Time;
  updatedAt: Time;
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
  eventTypes: EventType[];
  kinds: JobKind[];
  test: boolean;
  /** When it was last registered. If several subscriptions want a kind, the newest claims its jobs. */
  putAt: Time;
  lastDelivery: NullableJson<LastDelivery>;
  /** Posts in a row to which the server did not answer, or answered 5xx. */
  misses: Generated<number>;
  /** Until then nothing is posted, and then one event. Null: the circuit is closed. */
  pausedUntil: NullableTime;
  /** Null: an older version registered it. */
  workflow: NullableJson<SubscribedWorkflow>;
  createdAt: Time;
}

export interface SheetWritesTable {
  /** The batch's id, as in the journal. */
  id: string;
  number: ColumnType<number, number, number>;
  plan: Json<object>;
  createdAt: Time;
  sentAt: NullableTime;
  outcome: string | null;
  settledAt: NullableTime;
}

/** A text that a batch overwrote and for which no row was found. */
export interface UnplacedTextsTable {
  batchId: string;
  /** Where the batch wrote, from 0. */
  rowIndex: number;
  columnIndex: number;
  /** Of the overwritten row; null: it had no id. */
  materialId: MaterialId | null;
  title: string;
  /** The column's header. */
  header: string;
  text: string;
  at: Time;
}

export interface IdempotencyKeysTable {
  actor: string;
  key: string;
  requestHash: string;
  answer: Json<object>;
  createdAt: Time;
}

export interface WebhookDeliveriesTable {
  /** The webhook-id that n8n sent. */
  id: string;
  answer: Json<object>;
  createdAt: Time;
}

export interface AuditLogTable {
  id: ColumnType<number, never, never>;
  at: Time;
  /** `user:<id>`, `service:<name>`, `portal` or `google`. */
  actor: string;
  action: string;
  subject: string;
  details: Defaulted<Record<string, unknown>>;
}

export interface MaterialHistoryTable {
  /** UUIDv7: orders the changes of one moment. */
  id: string;
  materialId: MaterialId;
  at: Time;
  /** `user:<id>`, `service:<name>`, `workflow:<execution>`, `sheet` or `portal`. */
  actor: string;
  /** A field's name, or `metadata.<header>`. */
  field: string;
  before: string | null;
  after: string | null;
  /** The revision that the change made; null: none, as with what an analysis wrote. */
  revision: number | null;
  /** The execution of n8n that asked for the change; null: none, or an instance of an earlier version. */
  execution: Generated<string | null>;
}

/** Edits of which `material.updated` is still to be sent. */
export interface MaterialUpdatesTable {
  materialId: MaterialId;
  /** The newest edit's. */
  revision: number;
  since: Time;
  nextAt: Time;
  /** The trace of the newest edit's request; null: an edit in the sheet. */
  traceparent: ColumnType<string | null, string | null | undefined, string | null>;
}

/** What the last check of an invariant found. */
export interface InvariantChecksTable {
  name: string;
  /** Null: the query failed. */
  violations: number | null;
  /** The ids of the first ones. */
  examples: string[];
  checkedAt: Time;
}

/** Something in the sheet that a person has to look at. */
export interface CatalogProblem {
  /** Counted from 1 as in the sheet; null: the problem concerns no single row. */
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
  /** The error's text; for the reason `header` it names the column. */
  detail: string | null;
  stoppedAt: NullableTime;
  /** When the sheet was last read and merged. */
  lastSyncAt: NullableTime;
  /** The first ones, by row. */
  problems: Defaulted<CatalogProblem[]>;
  /** How many there are; null: `problems` has all of them. */
  problemCount: ColumnType<number | null, number | null | undefined, number | null>;
  quota: NullableJson<QuotaUsed>;
  /** How many materials were missing when sync stopped for it. */
  vanished: Generated<number>;
  /** When an admin said that they were meant to vanish; sync clears it once it has gone on. */
  confirmedAt: NullableTime;
  /** Since when every row of the sheet has an id: what is new after that was typed just now. */
  adoptedAt: NullableTime;
}

/** One row: which versions may run on this database (migrations/004_needs.ts). */
export interface DatabaseNeedsTable {
  id: Generated<boolean>;
  knows: string | null;
}

export interface Database {
  users: UsersTable;
  sessions: SessionsTable;
  usedIdTokens: UsedIdTokensTable;
  invites: InvitesTable;
  securityEvents: SecurityEventsTable;
  materials: MaterialsTable;
  jobs: JobsTable;
  contents: ContentsTable;
  subscriptions: SubscriptionsTable;
  sheetWrites: SheetWritesTable;
  unplacedTexts: UnplacedTextsTable;
  idempotencyKeys: IdempotencyKeysTable;
  webhookDeliveries: WebhookDeliveriesTable;
  auditLog: AuditLogTable;
  materialHistory: MaterialHistoryTable;
  materialUpdates: MaterialUpdatesTable;
  invariantChecks: InvariantChecksTable;
  catalogState: CatalogStateTable;
  databaseNeeds: DatabaseNeedsTable;
}
