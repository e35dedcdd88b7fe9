import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient } from '../../client/client/index.ts';
import { createMaterial, getMaterial, listMaterials, replaceMaterial } from '../../client/index.ts';
import { startHarness, type Harness } from '../../test/harness/portal.ts';

const FOLDER = join(import.meta.dirname, '../../client');

function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith('.ts'))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
}

it('client/ is what npm run build:client generates from the routes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'materi-client-'));
  try {
    execFileSync(process.execPath, [join(import.meta.dirname, 'client.ts'), folder]);
    expect(filesOf(FOLDER)).toEqual(filesOf(folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

describe('the generated client', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  }, 60_000);
  afterAll(() => harness.stop());

  const signedIn = async () => {
    const { token } = await harness.person();
    return createClient({ baseUrl: harness.portal.url, auth: token });
  };
  const body = { subject: 'IPA', title: 'Fotosintesis', type: 'Modul', level: 'Fase D' };

  it('adds a material, reads it, changes it and lists it', async () => {
    const client = await signedIn();
    const created = await createMaterial({
      client,
      body,
      headers: { 'Idempotency-Key': 'once' },
      throwOnError: true,
    });
    const path = { id: created.data.material.id };
    const read = await getMaterial({ client, path, throwOnError: true });
    expect(read.data.material).toEqual(created.data.material);

    const changed = await replaceMaterial({
      client,
      path,
      headers: { 'If-Match': read.response.headers.get('ETag') ?? '' },
      body: { ...body, title: 'Fotosintesis daun' },
      throwOnError: true,
    });
    expect(changed.data.material.title).toBe('Fotosintesis daun');
    const listed = await listMaterials({ client, query: { limit: 1 }, throwOnError: true });
    expect(listed.data.items.map(({ title }) => title)).toEqual(['Fotosintesis daun']);
  });

  it('gives a problem with its type and the field that is wrong', async () => {
    const client = await signedIn();
    const { data, error } = await createMaterial({ client, body: { ...body, title: '' } });
    expect(data).toBeUndefined();
    expect(error).toMatchObject({
      type: '/problems/invalid',
      status: 422,
      errors: [{ path: 'title' }],
    });
  });

  it('gives the problem of a request without a sign-in', async () => {
    const client = createClient({ baseUrl: harness.portal.url });
    const { error } = await listMaterials({ client });
    expect(error).toMatchObject({ type: '/problems/not-signed-in', status: 401 });
  });
});
