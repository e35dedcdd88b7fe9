import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { SERVICE_KEY, startHarness, type Harness } from '../../test/harness/portal.ts';

type Person = Awaited<ReturnType<Harness['person']>>;

const pageSchema = z.object({
  items: z.array(z.looseObject({ id: z.string(), status: z.string() })),
  nextCursor: z.string().nullable(),
});
const GAP = { subject: 'IPS', level: 'Fase D' };

let harness: Harness;
let author: Person;
let other: Person;
let admin: Person;
beforeAll(async () => {
  harness = await startHarness();
  [author, other, admin] = [
    await harness.person(),
    await harness.person(),
    await harness.person('admin'),
  ];
});
afterAll(() => harness.stop());

/** A draft: a workflow opens a job for itself and completes it. */
async function draft(about: { materialId: string } | { gap: typeof GAP }, content = 'quiz') {
  const options = 'gap' in about ? { content, gap: about.gap } : { content };
  const { materialId } = { materialId: undefined, ...about };
  const executionId = `e ${Math.random()}`;
  const opened = await harness.request('POST', '/api/jobs', {
    token: SERVICE_KEY,
    body: { kind: 'generate', materialId, options, executionId },
  });
  const jobId = z.object({ id: z.string() }).parse(opened.body).id;
  const result = { kind: content, title: `Judul ${executionId}`, body: { text: 'Isi' } };
  await harness.callback('job.completed', { jobId, attempt: 1, executionId, result });
  const { id } = await harness.db
    .selectFrom('contents')
    .select('id')
    .where('jobId', '=', jobId as never)
    .executeTakeFirstOrThrow();
  return id;
}
async function draftOf({ token }: { token: string }, content?: string) {
  const { material } = await harness.add(token);
  return { materialId: material.id, id: await draft({ materialId: material.id }, content) };
}

const ask = (method: string, path: string, { token }: { token: string }) =>
  harness.request(method, `/api/contents${path}`, { token });
const decide = (id: string, verb: 'approve' | 'reject', person: { token: string }) =>
  ask('POST', `/${id}/${verb}`, person);
const list = async (person: { token: string }, query: string) =>
  pageSchema.parse((await ask('GET', `?limit=200&${query}`, person)).body);
const idsOf = async (person: { token: string }, query: string) =>
  (await list(person, query)).items.map(({ id }) => id);
const problem = (status: number, type: string) => ({ status, body: { type: `/problems/${type}` } });
const auditOf = (id: string) =>
  harness.db
    .selectFrom('auditLog')
    .select(['actor', 'action', 'details'])
    .where('subject', '=', `content:${id}`)
    .execute();
const service = { token: SERVICE_KEY };

describe('A draft', () => {
  it('shows a draft to the author of the material, admins and services, and answers 404 to others', async () => {
    const { id, materialId } = await draftOf(author);
    for (const person of [author, admin, service]) {
      expect(await idsOf(person, `materialId=${materialId}`)).toEqual([id]);
      expect(await ask('GET', `/${id}`, person)).toMatchObject({
        status: 200,
        body: { id, status: 'draft', body: { text: 'Isi' }, decidedBy: null, decidedAt: null },
      });
    }
    expect(await idsOf(other, `materialId=${materialId}`)).toEqual([]);
    expect(await ask('GET', `/${id}`, other)).toMatchObject(problem(404, 'not-found'));
    expect((await harness.request('GET', '/api/contents')).status).toBe(401);
    expect((await harness.request('GET', `/api/contents/${id}`)).status).toBe(401);
  });

  it('lets only admins see and decide a draft of a gap or of a material without an author', async () => {
    for (const id of [await draft({ gap: GAP }), (await draftOf(service)).id]) {
      for (const person of [author, other]) {
        expect(await ask('GET', `/${id}`, person)).toMatchObject(problem(404, 'not-found'));
        expect(await decide(id, 'approve', person)).toMatchObject(problem(404, 'not-found'));
      }
      expect((await ask('GET', `/${id}`, service)).status).toBe(200);
      expect((await decide(id, 'approve', admin)).status).toBe(200);
      expect((await ask('GET', `/${id}`, other)).status).toBe(200);
      expect(await decide(id, 'approve', author)).toMatchObject(problem(403, 'forbidden'));
    }
  });

  it.each([
    ['approve', 'approved', () => author],
    ['reject', 'rejected', () => author],
    ['approve', 'approved', () => admin],
    ['reject', 'rejected', () => admin],
  ] as const)('is decided with %s as %s, in the audit log', async (verb, status, by) => {
    const { id, materialId } = await draftOf(author);
    const person = by();
    const answer = await decide(id, verb, person);
    expect(answer).toMatchObject({
      status: 200,
      body: { id, status, decidedBy: person.id, decidedAt: expect.stringMatching(/^20/) },
    });
    expect(await auditOf(id)).toEqual([
      {
        actor: `user:${person.id}`,
        action: `content.${status}`,
        details: { material: materialId, kind: 'quiz' },
      },
    ]);
  });

  it.each([
    ['another teacher', () => other, 404, 'not-found'],
    ['a service key', () => service, 403, 'forbidden'],
    ['nobody', () => ({ token: 'none' }), 401, 'not-signed-in'],
  ] as const)('is not decided by %s', async (_, by, status, type) => {
    const { id } = await draftOf(author);
    for (const verb of ['approve', 'reject'] as const) {
      expect(await decide(id, verb, by())).toMatchObject(problem(status, type));
    }
    expect(await ask('GET', `/${id}`, admin)).toMatchObject({ body: { status: 'draft' } });
    expect(await auditOf(id)).toEqual([]);
  });

  it('refuses the decision of an author or admin that was disabled or demoted a moment ago', async () => {
    const [gone, demoted] = [await harness.person(), await harness.person('admin')];
    const { id } = await draftOf(gone);
    await harness.request('POST', `/api/users/${gone.id}/disable`, { token: admin.token });
    expect(await decide(id, 'approve', gone)).toMatchObject(problem(401, 'not-signed-in'));
    await harness.request('PATCH', `/api/users/${demoted.id}/role`, {
      token: admin.token,
      body: { role: 'teacher' },
    });
    expect(await decide(id, 'approve', demoted)).toMatchObject(problem(404, 'not-found'));
    expect(await idsOf(demoted, 'status=draft')).toEqual([]);
  });

  it('answers 404 for an unknown content', async () => {
    const id = '01980000-0000-7000-8000-000000000001';
    expect(await ask('GET', `/${id}`, admin)).toMatchObject(problem(404, 'not-found'));
    expect(await decide(id, 'approve', admin)).toMatchObject(problem(404, 'not-found'));
  });
});

describe('A decided content', () => {
  it('answers 200 to the same decision again and 409 to the other one, and changes nothing', async () => {
    for (const [verb, opposite] of [
      ['approve', 'reject'],
      ['reject', 'approve'],
    ] as const) {
      const { id } = await draftOf(author);
      const first = await decide(id, verb, author);
      expect(await decide(id, verb, admin)).toMatchObject({ status: 200, body: first.body });
      expect(await decide(id, opposite, admin)).toMatchObject(problem(409, 'content-decided'));
      expect((await ask('GET', `/${id}`, admin)).body).toEqual(first.body);
      expect(await auditOf(id)).toHaveLength(1);
    }
  });

  it('keeps one decision if two people decide at once', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await draftOf(author);
      const [yes, no] = await Promise.all([
        decide(id, 'approve', author),
        decide(id, 'reject', admin),
      ]);
      expect([yes.status, no.status].sort()).toEqual([200, 409]);
      const status = yes.status === 200 ? 'approved' : 'rejected';
      expect(await ask('GET', `/${id}`, admin)).toMatchObject({ body: { status } });
      expect(await auditOf(id)).toMatchObject([{ action: `content.${status}` }]);
    }
  });

  it('writes one audit entry if the same decision comes several times at once', async () => {
    const { id } = await draftOf(author);
    const answers = await Promise.all([1, 2, 3].map(() => decide(id, 'approve', author)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await auditOf(id)).toHaveLength(1);
  });

  it('shows an approved content to every teacher, and a rejected one to its author', async () => {
    const { id: approved } = await draftOf(author);
    const { id: rejected } = await draftOf(author);
    await decide(approved, 'approve', author);
    await decide(rejected, 'reject', author);
    expect((await ask('GET', `/${approved}`, other)).status).toBe(200);
    expect((await ask('GET', `/${rejected}`, other)).status).toBe(404);
    expect((await ask('GET', `/${rejected}`, author)).status).toBe(200);
    expect(await idsOf(other, 'status=approved')).toContain(approved);
    expect(await idsOf(other, 'status=rejected')).toEqual([]);
    expect(await idsOf(author, 'status=rejected')).toContain(rejected);
  });
});

describe('GET /api/contents', () => {
  it('filters by status, kind, material, subject and level', async () => {
    const gap = { subject: 'Kimia', level: 'Fase F' };
    const [quiz, summary] = [await draft({ gap }, 'quiz'), await draft({ gap }, 'summary')];
    await decide(quiz, 'approve', admin);
    const of = (query: string) => idsOf(admin, query);
    expect(await of('subject=Kimia')).toEqual([summary, quiz]);
    expect(await of('subject=Kimia&level=Fase%20F')).toEqual([summary, quiz]);
    expect(await of('subject=Kimia&level=Fase%20E')).toEqual([]);
    expect(await of('subject=Kimia&status=approved')).toEqual([quiz]);
    expect(await of('subject=Kimia&status=rejected')).toEqual([]);
    expect(await of('subject=Kimia&kind=summary')).toEqual([summary]);
    const { id, materialId } = await draftOf(author);
    expect(await of(`materialId=${materialId}`)).toEqual([id]);
    expect(await of(`materialId=${materialId}&kind=levels`)).toEqual([]);
  });

  it.each(['status=open', 'kind=song', 'materialId=1', 'limit=201', 'cursor=x'])(
    'answers 422 for %s',
    async (query) => {
      const [path] = query.split('=');
      expect(await ask('GET', `?${query}`, admin)).toMatchObject({
        status: 422,
        body: { errors: [{ path }] },
      });
    },
  );

  it('lists contents without their bodies', async () => {
    const { id, materialId } = await draftOf(author);
    const [listed] = (await list(author, `materialId=${materialId}`)).items;
    const { body } = await ask('GET', `/${id}`, author);
    expect(body).toEqual({ ...listed, body: { text: 'Isi' } });
    expect(listed).not.toHaveProperty('body');
  });

  it('lists every content once page by page, also contents of one moment, and while new ones arrive', async () => {
    const subject = 'Informatika';
    const ids: string[] = [];
    for (const level of ['Fase A', 'Fase B', 'Fase C', 'Fase D', 'Fase E']) {
      for (const content of ['quiz', 'summary']) {
        ids.push(await draft({ gap: { subject, level } }, content));
      }
    }
    const at = new Date('2026-11-20T10:00:00.123Z');
    const several = ids.slice(0, 6);
    await harness.db
      .updateTable('contents')
      .set({ createdAt: at })
      .where('id', 'in', several as never)
      .execute();
    const all = await idsOf(admin, `subject=${subject}`);
    expect([...all].sort()).toEqual([...ids].sort());
    const seen: string[] = [];
    let query = `?limit=3&subject=${subject}`;
    for (;;) {
      const { items, nextCursor } = pageSchema.parse((await ask('GET', query, admin)).body);
      expect(items.length).toBeLessThanOrEqual(3);
      seen.push(...items.map(({ id }) => id));
      if (nextCursor === null) break;
      query = `?limit=3&subject=${subject}&cursor=${nextCursor}`;
      await draft({ gap: { subject, level: 'Fase F' } }, 'quiz');
    }
    expect(seen).toEqual(all);
  });

  it('lists for a teacher only approved contents and own drafts', async () => {
    const teacher = await harness.person();
    const own = await draftOf(teacher);
    await draftOf(author);
    const approved = (await draftOf(author)).id;
    await decide(approved, 'approve', author);
    const seen: string[] = [];
    let query = '?limit=1';
    for (;;) {
      const page = pageSchema.parse((await ask('GET', query, teacher)).body);
      seen.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      query = `?limit=1&cursor=${page.nextCursor}`;
    }
    expect(seen.slice(0, 2)).toEqual([approved, own.id]);
    const rows = await harness.db
      .selectFrom('contents')
      .select('id')
      .where((at) => at.or([at('status', '=', 'approved'), at('authorId', '=', teacher.id)]))
      .execute();
    expect([...seen].sort()).toEqual(rows.map(({ id }) => id).sort());
  });
});
