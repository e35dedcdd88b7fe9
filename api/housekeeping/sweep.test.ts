import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { connect } from '../db/connect.ts';
import { startHousekeeping } from './index.ts';
import { sweep } from './sweep.ts';
import { createLogger } from '../log.ts';
import { testDatabase, type TestDatabase } from '../../test/harness/database.ts';
import { testConfig, until } from '../../test/harness/portal.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await sql`insert into users (google_id, email, name) values ('1', 'sari@sekolah.sch.id', 'Sari')`.execute(
    database.db,
  );
});
afterEach(() =>
  sql`truncate idempotency_keys, webhook_deliveries, used_id_tokens, sessions,
    security_events, invites`.execute(database.db),
);
afterAll(() => database.drop());

/** What an environment without RETENTION variables gives. */
const RETENTION = testConfig('', '').retention;

const silent = createLogger('silent');
const running = () => new AbortController().signal;

const deliveries = (count: number, ago: string) =>
  sql`insert into webhook_deliveries (id, answer, created_at)
    select ${ago} || n, '{}', now() - ${ago}::interval from generate_series(1, ${count}) n`.execute(
    database.db,
  );
const count = async (table: string) =>
  Number(
    (await sql<{ n: string }>`select count(*) n from ${sql.table(table)}`.execute(database.db))
      .rows[0]?.n,
  );

/** A session of a family; both times are intervals before now. */
async function session(
  family: string,
  more: { id?: string; expired?: string; ended?: string | null } = {},
): Promise<string> {
  const { id = uuidv7(), expired = '-1 day', ended = null } = more;
  await sql`insert into sessions (id, user_id, family, token_hash, expires_at, ended_at)
    values (${id}, (select id from users), ${family}, ${id}, now() - ${expired}::interval,
      now() - ${ended}::interval)`.execute(database.db);
  return id;
}
const sessions = async () =>
  (await database.db.selectFrom('sessions').select('id').orderBy('id').execute()).map(
    ({ id }) => id,
  );

describe('housekeeping', () => {
  it('deletes handled security events after 31 days, and expired invites 30 days after their end', async () => {
    await sql`insert into security_events (event_hash, received_at) values
      ('old', now() - interval '32 days'), ('new', now() - interval '30 days')`.execute(
      database.db,
    );
    await sql`insert into invites (email, role, expires_at, used_at) values
      ('old', 'teacher', now() - interval '31 days', null),
      ('expired', 'teacher', now() - interval '29 days', null),
      ('used', 'teacher', now() - interval '31 days', now() - interval '32 days')`.execute(
      database.db,
    );
    expect(await sweep(database.db, RETENTION, running())).toMatchObject({
      securityEvents: 1,
      invites: 1,
    });
    expect([await count('securityEvents'), await count('invites')]).toEqual([1, 2]);
  });

  it('deletes kept answers, deliveries and used ID tokens after their time, and no others', async () => {
    await deliveries(3, '25 hours');
    await deliveries(2, '23 hours');
    await sql`insert into idempotency_keys (actor, key, request_hash, answer, created_at) values
      ('a', 'old', '', '{}', now() - interval '25 hours'),
      ('a', 'new', '', '{}', now() - interval '23 hours')`.execute(database.db);
    await sql`insert into used_id_tokens (token_hash, used_at) values
      ('old', now() - interval '61 minutes'), ('new', now() - interval '59 minutes')`.execute(
      database.db,
    );
    expect(await sweep(database.db, RETENTION, running())).toMatchObject({
      idempotencyKeys: 1,
      webhookDeliveries: 3,
      usedIdTokens: 1,
    });
    expect(await count('webhookDeliveries')).toBe(2);
    expect(await count('idempotencyKeys')).toBe(1);
    expect(await count('usedIdTokens')).toBe(1);
  });

  it('deletes ended sessions, and of a running family only the used refresh tokens', async () => {
    const runs = uuidv7();
    await session(runs, { id: runs, expired: '3 days' });
    await session(runs, { expired: '2 days' });
    const last = await session(runs);
    const idle = uuidv7();
    await session(idle, { id: idle, expired: '2 days' });
    const signedOut = uuidv7();
    await session(signedOut, { id: signedOut, ended: '2 days' });
    await session(signedOut, { ended: '2 days' });
    const justOver = uuidv7();
    await session(justOver, { id: justOver, expired: '1 hour' });
    expect(await sweep(database.db, RETENTION, running())).toMatchObject({ sessions: 4 });
    expect(await sessions()).toEqual([runs, last, justOver].sort());
  });

  it('deletes in batches until nothing old is left', async () => {
    await deliveries(2_500, '2 days');
    expect(await sweep(database.db, RETENTION, running())).toMatchObject({
      webhookDeliveries: 2_500,
    });
    expect(await count('webhookDeliveries')).toBe(0);
  });

  it('deletes each row once when four instances do it at the same time', async () => {
    await deliveries(5_000, '2 days');
    const others = Array.from({ length: 4 }, () => connect(database.url, silent));
    const swept = await Promise.all(others.map((db) => sweep(db, RETENTION, running())));
    await Promise.all(others.map((db) => db.destroy()));
    const deleted = swept.map((counts) => counts['webhookDeliveries'] ?? 0);
    expect(deleted.reduce((sum, one) => sum + one, 0)).toBe(5_000);
    expect(await count('webhookDeliveries')).toBe(0);
  });

  it('passes over a row that a transaction holds', async () => {
    await deliveries(2, '2 days');
    await database.db.transaction().execute(async (trx) => {
      await sql`select from webhook_deliveries where id = '2 days1' for update`.execute(trx);
      expect(await sweep(database.db, RETENTION, running())).toMatchObject({
        webhookDeliveries: 1,
      });
    });
    expect(await count('webhookDeliveries')).toBe(1);
  });

  it('runs housekeeping on its schedule, and not after the stop', async () => {
    await deliveries(1, '2 days');
    const housekeeping = startHousekeeping(
      { db: database.db, log: silent, retention: RETENTION },
      '* * * * * *',
    );
    await until(async () => (await count('webhookDeliveries')) === 0);
    await housekeeping.stop();
    await deliveries(1, '3 days');
    await housekeeping.stop();
    expect(await count('webhookDeliveries')).toBe(1);
  });

  it('ends housekeeping after the running batch when it is stopped', async () => {
    await deliveries(2_500, '2 days');
    const stopping = new AbortController();
    stopping.abort();
    await sweep(database.db, RETENTION, stopping.signal);
    expect(await count('webhookDeliveries')).toBe(2_500);
  });

  it('keeps a row for as many days as the configuration says', async () => {
    await deliveries(1, '49 hours');
    await deliveries(1, '47 hours');
    const old = uuidv7();
    await session(old, { id: old, expired: '9 days' });
    const ended = uuidv7();
    await session(ended, { id: ended, expired: '11 days' });
    const retention = { ...RETENTION, deliveryDays: 2, sessionDays: 10 };
    expect(await sweep(database.db, retention, running())).toMatchObject({
      webhookDeliveries: 1,
      sessions: 1,
    });
    expect(await sessions()).toEqual([old]);
  });

  it('deletes settled plans and history only if the configuration says so, and no open plan', async () => {
    const { db } = database;
    const material = uuidv7({ msecs: Date.now() - 100 * 24 * 60 * 60_000 });
    await sql`insert into materials (id, text_hash) values (${material}, '')`.execute(db);
    for (const days of [100, 80]) {
      const id = uuidv7({ msecs: Date.now() - days * 24 * 60 * 60_000 });
      const at = sql`now() - ${days} * interval '1 day'`;
      await sql`insert into sheet_writes (id, number, plan, created_at, settled_at) values
        (${id}, 1, '{}', ${at}, ${at}), (${uuidv7()}, 1, '{}', ${at}, null)`.execute(db);
      await sql`insert into material_history (id, material_id, actor, field, at)
        values (${id}, ${material}, 'sheet', ${String(days)}, ${at})`.execute(db);
    }
    await sweep(db, RETENTION, running());
    expect([await count('sheetWrites'), await count('materialHistory')]).toEqual([4, 2]);
    const retention = { ...RETENTION, sheetPlanDays: 90, historyDays: 90 };
    expect(await sweep(db, retention, running())).toMatchObject({
      sheetWrites: 1,
      materialHistory: 1,
    });
    const left = await db.selectFrom('materialHistory').select('field').execute();
    expect(left).toEqual([{ field: '80' }]);
  });

  it('never deletes from the audit log or, without a number of days, from the history', async () => {
    await sql`insert into audit_log (at, actor, action, subject)
      values (now() - interval '10 years', 'portal', 'x', 'y')`.execute(database.db);
    const counts = await sweep(database.db, RETENTION, running());
    expect(await count('auditLog')).toBe(1);
    expect(Object.keys(counts).sort()).toEqual([
      'idempotencyKeys',
      'invites',
      'securityEvents',
      'sessions',
      'usedIdTokens',
      'webhookDeliveries',
    ]);
  });
});
