import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql, type RawBuilder } from 'kysely';
import { createLogger } from '../log.ts';
import { withClockAhead } from '../../test/harness/clock.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { until } from '../../test/harness/portal.ts';
import { checkInvariants, INVARIANTS, startInvariantChecks } from './index.ts';
import { readChecks } from './repository.ts';
import { checkIfDue } from './schedule.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await sql`truncate users, sessions, materials, jobs, sheet_writes, audit_log, material_history,
    material_updates, invariant_checks restart identity cascade`.execute(database.db);
  await sql`update catalog_state set state = 'ok', reason = null, last_sync_at = null,
    problems = '[]', problem_count = null`.execute(database.db);
});
afterAll(() => database.drop());

const silent = createLogger('silent');
const run = async (...statements: ReadonlyArray<RawBuilder<unknown>>) => {
  for (const statement of statements) await statement.execute(database.db);
};
const findings = async () =>
  (await checkInvariants(database.db, silent)).filter(({ violations }) => violations !== 0);

/** An id for each number, so that a test can name a row. */
const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const material = (n: number, more: Record<string, unknown> = {}) =>
  insert('materials', { id: id(n), text_hash: '', ...more });
const ENDED = { stage: 'ended', next_at: null };
const job = (n: number, more: Record<string, unknown> = {}) =>
  insert('jobs', {
    id: id(n),
    kind: 'analyze',
    next_at: sql`now()`,
    claim_deadline: sql`now() + interval '1 hour'`,
    ...more,
  });
const completed = (materialId: number, ended = '1 minute') => ({
  ...ENDED,
  status: 'COMPLETED',
  result_json: '{}',
  material_id: id(materialId),
  ended_at: ago(ended),
});
const user = (n: number, more: Record<string, unknown> = {}) =>
  insert('users', { google_id: String(n), email: `${n}@sekolah.sch.id`, name: 'Sari', ...more });
const session = (n: number, more: Record<string, unknown> = {}) =>
  insert('sessions', {
    id: id(n),
    user_id: 1,
    family: id(n),
    token_hash: String(n),
    expires_at: sql`now() + interval '1 day'`,
    ...more,
  });
const audit = (action: string, subject: string, details: object = {}, at = '0') =>
  insert('audit_log', {
    actor: 'portal',
    action,
    subject,
    details: JSON.stringify(details),
    at: ago(at),
  });
const well = sql`update catalog_state set last_sync_at = now()`;

function insert(table: string, values: Record<string, unknown>): RawBuilder<unknown> {
  const names = sql.join(Object.keys(values).map((name) => sql.id(name)));
  return sql`insert into ${sql.id(table)} (${names}) values (${sql.join(Object.values(values))})`;
}

function ago(interval: string): RawBuilder<unknown> {
  return sql`now() - ${interval}::interval`;
}

interface Case {
  readonly what: string;
  readonly statements: ReadonlyArray<RawBuilder<unknown>>;
  /** Null: nothing is broken. */
  readonly breaks: string | null;
  readonly example?: string;
}

const CASES: readonly Case[] = [
  {
    what: 'a completed job without a result',
    statements: [job(1, { ...ENDED, status: 'COMPLETED', ended_at: sql`now()` })],
    breaks: 'job_ended_without_an_end',
  },
  {
    what: 'a failed job without the time of its end',
    statements: [job(1, { ...ENDED, status: 'FAILED', error: '{}' })],
    breaks: 'job_ended_without_an_end',
  },
  {
    what: 'a job that nobody has claimed two hours after its deadline',
    statements: [job(1, { claim_deadline: ago('2 hours') })],
    breaks: 'job_past_its_deadline',
  },
  {
    what: 'a claimed job whose lease ended two hours ago',
    statements: [job(1, { stage: 'claimed', execution_id: 'e', lease_until: ago('2 hours') })],
    breaks: 'job_past_its_deadline',
  },
  {
    what: 'a job that was claimed before its deadline, which is over',
    statements: [
      job(1, {
        stage: 'claimed',
        execution_id: 'e',
        lease_until: sql`now() + interval '1 minute'`,
        claim_deadline: ago('2 hours'),
      }),
    ],
    breaks: null,
  },
  {
    what: 'a fourth attempt that nobody asked for',
    statements: [job(1, { attempt: 4 })],
    breaks: 'job_with_too_many_attempts',
  },
  {
    what: 'a fifth attempt after one retry',
    statements: [job(1, { attempt: 5 }), audit('job.retried', `job:${id(1)}`)],
    breaks: 'job_with_too_many_attempts',
  },
  {
    what: 'a fourth attempt after one retry',
    statements: [job(1, { attempt: 4 }), audit('job.retried', `job:${id(1)}`)],
    breaks: null,
  },
  {
    what: 'an accepted material that is not there',
    statements: [audit('material.created', `material:${id(1)}`, { job: id(2) })],
    breaks: 'material_created_without_job',
    example: `material:${id(1)}`,
  },
  {
    what: 'an accepted material whose job is not there',
    statements: [material(1), audit('material.created', `material:${id(1)}`, { job: id(2) })],
    breaks: 'material_created_without_job',
    example: `material:${id(1)}`,
  },
  {
    what: 'an accepted material with its job',
    statements: [
      material(1),
      job(2, { material_id: id(1) }),
      audit('material.created', `material:${id(1)}`, { job: id(2) }),
    ],
    breaks: null,
  },
  {
    what: 'an analysis of another material',
    statements: [
      material(2),
      job(3, completed(2)),
      material(1, { analysis_job_id: id(3) }),
      sql`update materials set analysis_job_id = ${id(3)} where id = ${id(2)}`,
    ],
    breaks: 'analysis_not_shown',
  },
  {
    what: 'a completed analysis that is not shown',
    statements: [material(1), job(2, completed(1))],
    breaks: 'analysis_not_shown',
  },
  {
    what: 'an older analysis than the newest one',
    statements: [
      material(1),
      job(2, completed(1, '2 hours')),
      job(3, completed(1, '1 hour')),
      sql`update materials set analysis_job_id = ${id(2)}`,
    ],
    breaks: 'analysis_not_shown',
  },
  {
    what: 'an analysis that a restore has replaced',
    statements: [material(1), job(2, completed(1)), audit('catalog.restored', 'catalog')],
    breaks: null,
  },
  {
    what: 'a change that is not in the sheet after two hours',
    statements: [well, material(1, { pending: '{"title":1}', updated_at: ago('2 hours') })],
    breaks: 'change_waits_for_the_sheet',
  },
  {
    what: 'a change that Google refuses',
    statements: [
      well,
      sql`update catalog_state set problems = '[{"kind":"parked"}]', problem_count = 1`,
      material(1, { pending: '{"title":1}', updated_at: ago('2 hours') }),
    ],
    breaks: null,
  },
  {
    what: 'a change that waits while sync has stopped',
    statements: [
      sql`update catalog_state set state = 'stopped', reason = 'quota', last_sync_at = now()`,
      material(1, { pending: '{"title":1}', updated_at: ago('2 hours') }),
    ],
    breaks: null,
  },
  {
    what: 'an analysis of just now for an old material',
    statements: [
      well,
      material(1, { pending: '{"aiSummary":1}', updated_at: ago('2 hours') }),
      insert('material_history', {
        id: id(2),
        material_id: id(1),
        actor: 'portal',
        field: 'aiSummary',
      }),
    ],
    breaks: null,
  },
  {
    what: 'an edit that is not in the history',
    statements: [
      insert('materials', { id: id(1), text_hash: '', revision: 2 }),
      insert('material_history', {
        id: id(2),
        material_id: id(1),
        actor: 'sheet',
        field: 'title',
        at: ago('1 hour'),
      }),
    ],
    breaks: 'change_without_history',
  },
  {
    what: 'an edit that settled a conflict without a change of text',
    statements: [material(1, { revision: 2 }), audit('conflict.resolved', `material:${id(1)}`)],
    breaks: null,
  },
  {
    what: 'material.created that was not sent in three hours',
    statements: [job(1, { announce_at: sql`now()`, created_at: ago('3 hours') })],
    breaks: 'event_past_its_deadline',
  },
  {
    what: 'material.updated that was not sent in three hours',
    statements: [
      material(1),
      insert('material_updates', { material_id: id(1), revision: 2, since: ago('3 hours') }),
    ],
    breaks: 'event_past_its_deadline',
  },
  {
    what: 'a plan that is open although a later one was settled',
    statements: [
      insert('sheet_writes', { id: id(1), number: 1, plan: '{}', created_at: ago('2 hours') }),
      insert('sheet_writes', {
        id: id(2),
        number: 2,
        plan: '{}',
        created_at: ago('1 hour'),
        settled_at: ago('1 hour'),
      }),
    ],
    breaks: 'plan_left_open',
  },
  {
    what: 'the newest plan that is open, as after a crash',
    statements: [
      insert('sheet_writes', { id: id(1), number: 1, plan: '{}', created_at: ago('2 hours') }),
    ],
    breaks: null,
  },
  {
    what: 'a used refresh token without a successor',
    statements: [user(1), session(1, { rotated_at: sql`now()` })],
    breaks: 'session_without_successor',
  },
  {
    what: 'a refresh token whose successor is in another session',
    statements: [user(1), session(1, { rotated_at: sql`now()`, successor: id(2) }), session(2)],
    breaks: 'session_without_successor',
  },
  {
    what: 'a refresh token with its successor',
    statements: [
      user(1),
      session(1, { rotated_at: sql`now()`, successor: id(2) }),
      session(2, { family: id(1) }),
    ],
    breaks: null,
  },
  {
    what: 'a running session of a disabled person',
    statements: [user(1, { disabled_at: sql`now()` }), session(1)],
    breaks: 'disabled_person_is_signed_in',
  },
  {
    what: 'an ended session of a disabled person',
    statements: [user(1, { disabled_at: sql`now()` }), session(1, { ended_at: sql`now()` })],
    breaks: null,
  },
  {
    what: 'admins that are all disabled',
    statements: [user(1, { role: 'admin', disabled_at: sql`now()` }), user(2)],
    breaks: 'no_admin_left',
    example: 'users',
  },
  { what: 'a portal in which no admin has signed in yet', statements: [user(1)], breaks: null },
];

describe('the invariants', () => {
  it('has twelve invariants, each with a name and a reason', () => {
    expect(new Set(INVARIANTS.map(({ name }) => name)).size).toBe(12);
    for (const { name, why } of INVARIANTS) {
      expect(name).toMatch(/^[a-z_]{5,40}$/);
      expect(why).toMatch(/\.$/);
    }
  });

  it('has a case that breaks each invariant', () => {
    const tried = new Set(CASES.map(({ breaks }) => breaks));
    expect(INVARIANTS.filter(({ name }) => !tried.has(name))).toEqual([]);
  });

  it.each(CASES.filter(({ breaks }) => breaks !== null))(
    'are broken by $what, and no other one is',
    async ({ statements, breaks, example = id(1) }) => {
      await run(...statements);
      expect(await findings()).toEqual([{ name: breaks, violations: 1, examples: [example] }]);
    },
  );

  it.each(CASES.filter(({ breaks }) => breaks === null))(
    'are not broken by $what',
    async ({ statements }) => {
      await run(...statements);
      expect(await findings()).toEqual([]);
    },
  );

  it('names the first five rows that break an invariant, and counts all', async () => {
    const jobs = Array.from({ length: 8 }, (_, n) => job(n + 1, { attempt: 4 }));
    await run(...jobs);
    expect(await findings()).toEqual([
      {
        name: 'job_with_too_many_attempts',
        violations: 8,
        examples: [1, 2, 3, 4, 5].map(id),
      },
    ]);
  });
});

describe('the nightly check', () => {
  const logged = () => {
    const lines: Record<string, unknown>[] = [];
    const write = (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>);
    return { lines, log: createLogger('info', { write }) };
  };

  it('keeps the findings, logs broken invariants with examples, and checks once a night', async () => {
    const { lines, log } = logged();
    await run(job(1, { attempt: 4 }));
    await checkIfDue(database.db, log);
    await run(job(2, { attempt: 4 }));
    await checkIfDue(database.db, log);
    const checks = await readChecks(database.db);
    expect(checks).toHaveLength(12);
    expect(checks.filter(({ violations }) => violations !== 0)).toMatchObject([
      { name: 'job_with_too_many_attempts', violations: 1, examples: [id(1)] },
    ]);
    expect(lines.filter(({ level }) => level === 50)).toMatchObject([
      { invariant: 'job_with_too_many_attempts', violations: 1, examples: [id(1)] },
    ]);
  });

  it('checks again if the last check was the night before', async () => {
    await checkIfDue(database.db, silent);
    await run(
      job(1, { attempt: 4 }),
      sql`update invariant_checks set checked_at = now() - interval '25 hours'`,
    );
    await checkIfDue(database.db, silent);
    const checks = await readChecks(database.db);
    expect(checks.filter(({ violations }) => violations !== 0)).toHaveLength(1);
  });

  it('checks once a night if the clock of an instance is a day ahead of PostgreSQL', async () => {
    await checkIfDue(database.db, silent);
    const { lines, log } = logged();
    await withClockAhead(24 * 60 * 60_000, () => checkIfDue(database.db, log));
    expect(lines).toEqual([]);
  });

  it('checks on one of several instances', async () => {
    const { lines, log } = logged();
    await Promise.all(Array.from({ length: 4 }, () => checkIfDue(database.db, log)));
    expect(lines.filter(({ msg }) => msg === 'checked the invariants')).toHaveLength(1);
  });

  it('checks the other invariants if one query fails, and keeps the failure', async () => {
    const { lines, log } = logged();
    await run(
      sql`alter table audit_log rename to audit_log_away`,
      job(1, { claim_deadline: ago('2 hours') }),
    );
    await checkIfDue(database.db, log);
    await run(sql`alter table audit_log_away rename to audit_log`);
    const checks = new Map(
      (await readChecks(database.db)).map((one) => [one.name, one.violations]),
    );
    expect(checks.get('no_admin_left')).toBeNull();
    expect(checks.get('job_past_its_deadline')).toBe(1);
    expect(lines.some(({ msg }) => msg === 'an invariant could not be checked')).toBe(true);
  });

  it('runs on its schedule, and not after it was stopped', async () => {
    const checks = startInvariantChecks({ db: database.db, log: silent }, '* * * * * *');
    await until(async () => (await readChecks(database.db)).length === 12);
    await checks.stop();
    await run(sql`truncate invariant_checks`);
    await checks.stop();
    expect(await readChecks(database.db)).toEqual([]);
  });
});
