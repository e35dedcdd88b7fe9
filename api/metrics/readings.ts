import { sql, type Kysely } from 'kysely';
import { countWaiting, lastMinute, readCatalogState, stateOf } from '../catalog/index.ts';
import { STOP_REASONS, type Database } from '../db/schema.ts';
import { readChecks } from '../invariants/repository.ts';
import { countOpenCircuits } from '../subscriptions/repository.ts';

/** The gauges that the API reads from PostgreSQL. A label's values come from a fixed list. */
export const GAUGES = [
  {
    name: 'portal_jobs_open',
    help: 'Jobs that have not ended, by stage.',
    labelNames: ['kind', 'stage'],
  },
  {
    name: 'portal_jobs_oldest_open_seconds',
    help: 'Age of the oldest job that has not ended.',
    labelNames: [],
  },
  {
    name: 'portal_jobs_last_day',
    help: 'Jobs that were opened in the last 24 hours, by status.',
    labelNames: ['kind', 'status'],
  },
  {
    name: 'portal_outbox_events',
    help: 'Events for subscriptions that listen, which are still to be sent.',
    labelNames: ['type'],
  },
  {
    name: 'portal_outbox_oldest_seconds',
    help: 'Age of the oldest of these events.',
    labelNames: ['type'],
  },
  {
    name: 'portal_circuits_open',
    help: 'Subscriptions to which nothing is posted, because n8n did not answer several times in a row.',
    labelNames: [],
  },
  {
    name: 'portal_sync_last_good_seconds',
    help: 'Seconds since the sheet was last read and merged. Left out before the first time.',
    labelNames: [],
  },
  {
    name: 'portal_sync_stopped',
    help: '1 for the reason for which the sync of the sheet has stopped.',
    labelNames: ['reason'],
  },
  {
    name: 'portal_sync_pending_materials',
    help: 'Materials with changes that are not in the sheet yet.',
    labelNames: [],
  },
  {
    name: 'portal_sync_conflicts',
    help: 'Cells in conflict, which wait for a person.',
    labelNames: [],
  },
  { name: 'portal_sync_problems', help: 'Problems of rows in the sheet.', labelNames: [] },
  {
    name: 'portal_sheet_requests_last_minute',
    help: 'Requests of the leader to Google Sheets. Google grants 60 reads and 60 writes.',
    labelNames: ['what'],
  },
  { name: 'portal_sessions_open', help: 'Sessions that can be refreshed.', labelNames: [] },
  {
    name: 'portal_invariant_violations',
    help: 'Rows that broke an invariant at its last check. -1: the check failed.',
    labelNames: ['name'],
  },
  {
    name: 'portal_invariants_checked_seconds',
    help: 'Seconds since the invariants were last checked. Left out before the first time.',
    labelNames: [],
  },
] as const satisfies ReadonlyArray<{
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
}>;

export interface Sample {
  readonly gauge: (typeof GAUGES)[number]['name'];
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

type Reading = (db: Kysely<Database>, startedAt: Date) => Promise<Sample[]>;

/** All that one request for `/metrics` reads: a few statements, each on an index or on a small table. */
export const READINGS: Readonly<Record<string, Reading>> = {
  openJobs,
  jobsOfLastDay,
  outbox,
  circuits,
  sync,
  sessions,
  invariants,
};

/** Counts the jobs that have not ended (index jobs_due). */
async function openJobs(db: Kysely<Database>): Promise<Sample[]> {
  const { rows } = await sql<{ kind: string; stage: string; count: number; oldest: number }>`
    select kind, stage, count(*) as count,
      extract(epoch from now() - min(created_at))::float8 as oldest
    from jobs where status = 'PROCESSING' group by kind, stage`.execute(db);
  return [
    ...rows.map(({ kind, stage, count }): Sample => {
      return { gauge: 'portal_jobs_open', labels: { kind, stage }, value: count };
    }),
    {
      gauge: 'portal_jobs_oldest_open_seconds',
      value: Math.max(0, ...rows.map(({ oldest }) => oldest)),
    },
  ];
}

/** Counts the jobs of the last 24 hours (index jobs_newest). */
async function jobsOfLastDay(db: Kysely<Database>): Promise<Sample[]> {
  const { rows } = await sql<{ kind: string; status: string; count: number }>`
    select kind, status, count(*) as count from jobs
    where created_at > now() - interval '24 hours' group by kind, status`.execute(db);
  return rows.map(({ kind, status, count }) => {
    return { gauge: 'portal_jobs_last_day', labels: { kind, status }, value: count };
  });
}

/**
 * Counts the events that wait (index jobs_to_announce). The table material_updates holds only events that
 * wait.
 */
async function outbox(db: Kysely<Database>): Promise<Sample[]> {
  const { rows } = await sql<{ type: string; count: number; oldest: number }>`
    select 'material.created' as type, count(*) as count,
      coalesce(extract(epoch from now() - min(created_at)), 0)::float8 as oldest
    from jobs where announce_at is not null
    union all
    select 'material.updated', count(*),
      coalesce(extract(epoch from now() - min(since)), 0)::float8 from material_updates`.execute(
    db,
  );
  return rows.flatMap(({ type, count, oldest }): Sample[] => [
    { gauge: 'portal_outbox_events', labels: { type }, value: count },
    { gauge: 'portal_outbox_oldest_seconds', labels: { type }, value: oldest },
  ]);
}

/** A row for each subscription. */
async function circuits(db: Kysely<Database>): Promise<Sample[]> {
  return [{ gauge: 'portal_circuits_open', value: await countOpenCircuits(db) }];
}

/** Reads the state of the sync: the one row of catalog_state, and index materials_waiting. */
async function sync(db: Kysely<Database>, startedAt: Date): Promise<Sample[]> {
  const row = await readCatalogState(db);
  const { pending, conflicts } = await countWaiting(db);
  const stopped = stateOf(row, startedAt).reason?.code;
  const { readsLastMinute, writesLastMinute } = lastMinute(row);
  return [
    ...(row.lastSyncAgeMs === null
      ? []
      : [
          {
            gauge: 'portal_sync_last_good_seconds' as const,
            value: row.lastSyncAgeMs / 1_000,
          },
        ]),
    ...STOP_REASONS.map((reason): Sample => {
      return {
        gauge: 'portal_sync_stopped',
        labels: { reason },
        value: reason === stopped ? 1 : 0,
      };
    }),
    { gauge: 'portal_sync_pending_materials', value: pending },
    { gauge: 'portal_sync_conflicts', value: conflicts },
    { gauge: 'portal_sync_problems', value: row.problemCount ?? row.problems.length },
    {
      gauge: 'portal_sheet_requests_last_minute',
      labels: { what: 'read' },
      value: readsLastMinute,
    },
    {
      gauge: 'portal_sheet_requests_last_minute',
      labels: { what: 'write' },
      value: writesLastMinute,
    },
  ];
}

/**
 * Counts the sessions (index sessions_expires). Of the rows of one session, only the newest is not rotated.
 */
async function sessions(db: Kysely<Database>): Promise<Sample[]> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from sessions
    where expires_at > now() and ended_at is null and rotated_at is null`.execute(db);
  return rows.map(({ count }) => ({ gauge: 'portal_sessions_open', value: count }));
}

/** Reads the findings of the last check: one row for each invariant. */
async function invariants(db: Kysely<Database>): Promise<Sample[]> {
  const checks = await readChecks(db);
  const oldest = Math.max(...checks.map(({ ageMs }) => ageMs));
  return [
    ...checks.map(({ name, violations }): Sample => {
      return { gauge: 'portal_invariant_violations', labels: { name }, value: violations ?? -1 };
    }),
    ...(checks.length === 0
      ? []
      : [
          {
            gauge: 'portal_invariants_checked_seconds' as const,
            value: oldest / 1_000,
          },
        ]),
  ];
}
