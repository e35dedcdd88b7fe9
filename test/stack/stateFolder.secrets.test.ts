import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgresHome } from '../../local/postgres/home.ts';
import { keptSecrets } from '../../local/stack/secrets.ts';

let state: string;
let file: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'materi-secrets-'));
  file = join(state, 'secrets.json');
});
afterEach(() => rmSync(state, { recursive: true }));

function without(name: string): string {
  const kept = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  return JSON.stringify({ ...kept, [name]: undefined });
}

describe('the secrets of a state folder', () => {
  it('are made once, readable for their owner only, and no partial file is left', async () => {
    const made = await keptSecrets(state);
    expect(await keptSecrets(state)).toEqual(made);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(state)).toEqual(['secrets.json']);
  });

  it.each([
    ['empty', 'it is empty', () => ''],
    ['blank', 'it is empty', () => ' \n'],
    ['cut short', 'it is not JSON', () => readFileSync(file, 'utf8').slice(0, 300)],
    ['zeros after a power cut', 'it is not JSON', () => '\0'.repeat(400)],
    ['not an object', 'it is not of the expected form', () => '[]'],
    ['lacking a field', 'its field n8nEncryptionKey', () => without('n8nEncryptionKey')],
    [
      'holding an empty field',
      'its field jwtSecret',
      () => readFileSync(file, 'utf8').replace(/("jwtSecret": ")[^"]*/, '$1'),
    ],
  ])('are refused and left as they are when the file is %s', async (_, fault, damage) => {
    const made = await keptSecrets(state);
    writeFileSync(file, damage());
    const damaged = readFileSync(file);
    const refusal = await keptSecrets(state).then(
      () => 'taken',
      (error: unknown) => String(error),
    );
    expect(refusal).toContain(`${file} cannot be used: ${fault}`);
    expect(refusal).toContain('Put secrets.json back from a backup');
    expect(refusal).toContain('delete the whole folder to begin anew');
    for (const secret of Object.values(made)) expect(refusal).not.toContain(secret);
    expect(readFileSync(file)).toEqual(damaged);
  });

  it('are refused when the file cannot be read', async () => {
    mkdirSync(file);
    await expect(keptSecrets(state)).rejects.toThrow('it cannot be read (EISDIR)');
  });

  it.each([
    ['PostgreSQL', ['postgres', 'data', 'PG_VERSION']],
    ['n8n', ['n8n', '.n8n', 'config']],
  ])('are not made again when the file is gone and data of %s is there', async (_, path) => {
    const data = join(state, ...path);
    mkdirSync(join(data, '..'), { recursive: true });
    writeFileSync(data, '15\n');
    await expect(keptSecrets(state)).rejects.toThrow(`${file} is missing`);
    expect(readFileSync(data, 'utf8')).toBe('15\n');
    expect(readdirSync(state)).not.toContain('secrets.json');
  });

  it('are not made again for root’s data that is outside of the folder, until the folder is deleted', async () => {
    const { movedTo, data } = postgresHome(state);
    if (movedTo === undefined) return; // not root: the data is always in the folder
    try {
      writeFileSync(join(data, 'PG_VERSION'), '18\n');
      await expect(keptSecrets(state)).rejects.toThrow(`${file} is missing`);
      expect(existsSync(join(data, 'PG_VERSION'))).toBe(true);
      rmSync(join(state, 'postgres'), { recursive: true });
      await keptSecrets(state);
      expect(existsSync(data)).toBe(false);
    } finally {
      rmSync(movedTo, { recursive: true });
    }
  });
});
