import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import type { UserId } from '../db/ids.ts';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

type Person = Awaited<ReturnType<Harness['person']>>;

let harness: Harness;
let admin: Person;
let teacher: Person;
beforeAll(async () => {
  harness = await startHarness();
  admin = await harness.person('admin');
  teacher = await harness.person();
});
afterAll(() => harness.stop());

const setRole = (id: UserId | string, role: unknown, { token }: { token: string } = admin) =>
  harness.request('PATCH', `/api/users/${id}/role`, { token, body: { role } });
const set = (verb: 'disable' | 'enable', id: UserId, { token } = admin) =>
  harness.request('POST', `/api/users/${id}/${verb}`, { token });
const me = async ({ token }: Person) => (await harness.request('GET', '/api/me', { token })).status;
const list = (path: string, token = admin.token) => harness.request('GET', path, { token });
const pageSchema = z.object({
  items: z.array(z.looseObject({ id: z.number() })),
  nextCursor: z.string().nullable(),
});
const problem = (code: string, status: number) => ({
  status,
  body: { type: `/problems/${code}` },
});

describe('A role', () => {
  it('counts a new role from the next request on', async () => {
    const person = await harness.person();
    expect((await list('/api/users', person.token)).status).toBe(403);
    expect(await setRole(person.id, 'admin')).toMatchObject({
      status: 200,
      body: { user: { id: person.id, role: 'admin', disabledAt: null } },
    });
    expect((await list('/api/users', person.token)).status).toBe(200);
    await setRole(person.id, 'teacher');
    expect((await list('/api/users', person.token)).status).toBe(403);
  });

  it.each<[string, () => string]>([
    ['a teacher', () => teacher.token],
    ['a service key', () => SERVICE_KEY],
  ])('is not given by %s', async (_, token) => {
    const answer = await setRole(teacher.id, 'admin', { token: token() });
    expect(answer).toMatchObject(problem('forbidden', 403));
  });

  it.each([
    ['another role', 'owner'],
    ['no role', undefined],
    ['a list', ['admin']],
  ])('is refused with 422 if it is %s', async (_, role) => {
    expect(await setRole(teacher.id, role)).toMatchObject(problem('invalid', 422));
  });

  it.each(['0', '-1', '1e3', '999999999999', '9'.repeat(30), '1%20', 'me'])(
    'answers 404 for the id %s',
    async (id) => {
      expect(await setRole(id, 'admin')).toMatchObject(problem('not-found', 404));
    },
  );
});

describe('The last admin', () => {
  it('refuses to demote or disable the last admin, also for the last admin', async () => {
    const own = await startHarness();
    try {
      const last = await own.person('admin');
      const { token } = last;
      const path = `/api/users/${last.id}`;
      const demoted = await own.request('PATCH', `${path}/role`, {
        token,
        body: { role: 'teacher' },
      });
      expect(demoted).toMatchObject(problem('last-admin', 409));
      const disabled = await own.request('POST', `${path}/disable`, { token });
      expect(disabled).toMatchObject(problem('last-admin', 409));
      expect((await own.request('GET', '/api/users', { token })).status).toBe(200);
    } finally {
      await own.stop();
    }
  });

  it.each(['role', 'disable'] as const)(
    'is left if two admins use %s on each other at once',
    async (verb) => {
      const own = await startHarness();
      try {
        for (let round = 0; round < 10; round += 1) {
          const two = [await own.person('admin'), await own.person('admin')] as const;
          await own.db
            .updateTable('users')
            .set({ role: 'teacher' })
            .where(
              'id',
              'not in',
              two.map(({ id }) => id),
            )
            .execute();
          const attack = ({ token }: Person, { id }: Person) =>
            verb === 'role'
              ? own.request('PATCH', `/api/users/${id}/role`, { token, body: { role: 'teacher' } })
              : own.request('POST', `/api/users/${id}/disable`, { token });
          const answers = await Promise.all([attack(two[0], two[1]), attack(two[1], two[0])]);
          expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
          const left = await own.db
            .selectFrom('users')
            .select('id')
            .where('role', '=', 'admin')
            .where('disabledAt', 'is', null)
            .execute();
          expect(left).toHaveLength(1);
        }
      } finally {
        await own.stop();
      }
    },
  );
});

describe('A disabled account', () => {
  it('refuses a disabled account from the next request on, and keeps it signed out after it is enabled', async () => {
    const person = await harness.person();
    expect(await me(person)).toBe(200);
    expect(await set('disable', person.id)).toMatchObject({
      status: 200,
      body: { user: { id: person.id, disabledAt: expect.stringMatching(/^20/) } },
    });
    expect(await me(person)).toBe(401);
    expect(await set('enable', person.id)).toMatchObject({ body: { user: { disabledAt: null } } });
    expect(await me(person)).toBe(401);
  });

  it.each(['disable', 'enable'] as const)(
    'answers 403 to a teacher: %s an account',
    async (verb) => {
      expect(await set(verb, admin.id, teacher)).toMatchObject(problem('forbidden', 403));
      expect(await me(admin)).toBe(200);
    },
  );
});

describe('The list of people and the audit log', () => {
  it.each(['/api/users', '/api/audit'])('answers only admins: %s', async (path) => {
    expect(await list(path, teacher.token)).toMatchObject(problem('forbidden', 403));
    expect(await list(path, SERVICE_KEY)).toMatchObject(problem('forbidden', 403));
    expect((await harness.request('GET', path)).status).toBe(401);
  });

  it.each(['/api/users', '/api/audit'])(
    'lists every entry once, page by page: %s',
    async (path) => {
      const all = pageSchema.parse((await list(`${path}?limit=200`)).body);
      const seen: number[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const at: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const page = pageSchema.parse((await list(`${path}?limit=2${at}`)).body);
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(all.items.map(({ id }) => id));
      expect(seen.length).toBeGreaterThan(3);
    },
  );

  it('answers 422 for a cursor of another list', async () => {
    const id = '01980000-0000-7000-8000-000000000001';
    const text = JSON.stringify(['2026-01-01T00:00:00.000Z', id]);
    const cursor = Buffer.from(text).toString('base64url');
    for (const path of ['/api/users', '/api/audit']) {
      expect(await list(`${path}?cursor=${cursor}`)).toMatchObject(problem('invalid', 422));
    }
  });

  it('shows in the audit log which admin has changed which role', async () => {
    const person = await harness.person();
    await setRole(person.id, 'admin');
    await setRole(person.id, 'teacher');
    const { body } = await list('/api/audit?limit=1');
    expect(body).toMatchObject({
      items: [
        {
          actor: `user:${admin.id}`,
          action: 'user.role_changed',
          subject: `user:${person.id}`,
          details: { from: 'admin', to: 'teacher' },
        },
      ],
    });
  });
});
