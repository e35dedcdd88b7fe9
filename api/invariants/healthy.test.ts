import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DatabaseError } from 'pg';
import type { MaterialId } from '../../core/index.ts';
import { createLogger } from '../log.ts';
import {
  SERVICE_KEY,
  someMaterial,
  someResult,
  startHarness as startPortal,
  until,
  type Harness as Portal,
} from '../../test/harness/portal.ts';
import { HEADER, startHarness, type Harness as Sheet } from '../../test/harness/sync.ts';
import { checkInvariants, INVARIANTS } from './index.ts';

/** What the API itself makes of a database breaks no invariant. */

let portal: Portal;
let sheet: Sheet;
let sync: ReturnType<Sheet['instance']>;
beforeAll(async () => {
  portal = await startPortal();
  sheet = await startHarness(portal.db, [
    [...HEADER, 'Penerbit'],
    ['IPA', 'Satu', 'Tentang satu', 'Video', 'Fase C'],
    ['IPA', 'Dua', 'Tentang dua', 'Video', 'Fase C'],
  ]);
  sync = sheet.instance();
});
afterAll(async () => {
  await sheet.stop();
  await portal.stop();
});

/** Dispatch moves jobs meanwhile: a cycle that meets it begins anew, as the leader’s does. */
const settled = () =>
  until(async () => {
    try {
      await sync.settle();
      return true;
    } catch (error) {
      if (error instanceof DatabaseError && error.code === '40001') return false;
      throw error;
    }
  });
const put = (id: MaterialId, more: Record<string, unknown>) =>
  portal.request('PUT', `/api/materials/${id}`, {
    token: SERVICE_KEY,
    headers: { 'If-Match': '*' },
    body: someMaterial(more),
  });
/** A workflow that claims a job, and ends it. */
async function end(id: string, type: string, more: object, attempt = 1): Promise<void> {
  const claim = { jobId: id, attempt, executionId: `${id} ${attempt}` };
  expect((await portal.callback('job.started', claim)).status).toBe(200);
  expect((await portal.callback(type, { ...claim, ...more })).status).toBe(200);
}
const broken = async () => {
  const findings = await checkInvariants(portal.db, createLogger('silent'));
  return findings.filter(({ violations }) => violations !== 0);
};
const ages = (ago: string) =>
  sql`update catalog_state set state = 'ok', reason = null, last_sync_at = now() - ${ago}::interval`.execute(
    portal.db,
  );

describe('a database that only the API has written', () => {
  it('finds no broken invariant after adds, edits, analyses, retries, conflicts, people and the sheet', async () => {
    await settled();
    const admin = await portal.person('admin');
    const teacher = await portal.person('teacher');
    const failure = { error: { code: 'model_refused', message: 'SAFETY', retryable: false } };
    const { material, job } = await portal.add(teacher.token);
    await end(job.id, 'job.failed', failure);
    await portal.request('POST', `/api/jobs/${job.id}/retry`, { token: teacher.token });
    await end(job.id, 'job.completed', { result: someResult() }, 2);
    expect((await put(material.id, { title: 'Baru', theme: 'Cahaya' })).status).toBe(200);
    const { material: other, job: open } = await portal.add();
    await end(open.id, 'job.completed', { result: someResult('Lain.') });
    await settled();

    await put(other.id, { title: 'Dari portal' });
    await sheet.person.types('B5', 'Dari lembar');
    await sheet.person.types('C2', 'Diubah');
    await settled();
    const { rows } = await sql<{ id: string; field: string }>`
      select id, jsonb_object_keys(conflicts) as field from materials`.execute(portal.db);
    for (const { id, field } of rows) {
      const path = `/api/materials/${id}/conflicts/${field}`;
      const body = { keep: 'portal' };
      const { status } = await portal.request('POST', path, { token: SERVICE_KEY, body });
      expect(status).toBe(200);
    }
    await sheet.person.deletesRow(2);
    await settled();
    await settled();
    await portal.request('POST', `/api/users/${teacher.id}/disable`, { token: admin.token });
    await ages('1 second');
    expect(await broken()).toEqual([]);
  });
});

describe('npm run check:data', () => {
  it('prints a line for each invariant and exits with 0 if no invariant is broken', () => {
    const { status, stdout } = check();
    expect(stdout.trim().split('\n')).toHaveLength(INVARIANTS.length);
    expect(stdout).toMatch(/^no_admin_left +ok$/m);
    expect(status).toBe(0);
  });

  it('prints the ids and the reason and exits with 1 if an invariant is broken', async () => {
    await sql`update users set role = 'teacher'`.execute(portal.db);
    await sql`insert into audit_log (actor, action, subject)
      values ('portal', 'user.role_changed', 'user:1')`.execute(portal.db);
    const { status, stdout } = check();
    expect(stdout).toMatch(/^no_admin_left +1 +users$/m);
    expect(stdout).toContain('Once there was an admin');
    expect(status).toBe(1);
  });
});

function check() {
  return spawnSync(process.execPath, [resolve('api/commands/invariants.ts')], {
    env: { DATABASE_URL: portal.url },
    encoding: 'utf8',
  });
}
