/** The error for a wrong DATABASE_URL has its name, the fault and what to do, and no password. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../local/postgres/client.ts';
import { runPostgres, useServer } from '../../local/postgres/index.ts';
import { Parts } from '../../local/process/parts.ts';
import { choosePorts } from '../../local/process/ports.ts';

jest.setTimeout(120_000);

const project = join(__dirname, '..', '..');
let state: string;
let parts: Parts;
/** A database of the server as its superuser. */
let superuser: (database: string) => string;
let host: string;
let strangers: Server;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), 'materi-database-url-'));
  chmodSync(state, 0o755);
  mkdirSync(join(state, 'logs'));
  parts = new Parts(state, () => undefined);
  const { port } = await choosePorts(join(state, 'ports.json'), { port: 0 });
  await runPostgres({ project, state, port, password: 'root-secret', parts });
  host = `127.0.0.1:${port}`;
  superuser = (database) => `postgres://materi:root-secret@${host}/${database}`;
  await withClient(superuser('postgres'), { within: 20_000 }, async (client) => {
    await client.query(`create role reader login password 'top-secret'`);
    await client.query(`create role maker login createdb password 'top-secret'`);
    await client.query('create database school');
    await client.query('create database owned owner maker');
    await client.query('create database closed');
    await client.query('create database closed_n8n');
  });
  strangers = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => strangers.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  strangers.close();
  await parts.stop();
  rmSync(state, { recursive: true });
});

const as = (user: string, database: string, at = host) =>
  `postgres://${user}:top-secret@${at}/${database}`;
const strangerHost = () => `127.0.0.1:${(strangers.address() as AddressInfo).port}`;

describe('a DATABASE_URL', () => {
  it.each([
    ['that is no URL', () => 'localhost top-secret', 'is not of the form postgres://'],
    ['of another kind', () => 'mysql://a:top-secret@h/b', 'is not of the form postgres://'],
    [
      'with an unencoded @ and # in the password',
      () => 'postgres://a:top-secret@#x@h/b',
      'is not of the form postgres://',
    ],
    [
      'with a % that is not encoded in the database',
      () => `postgres://a:top-secret@${host}/%zz`,
      'Write the character % as %25',
    ],
    [
      'with a % that is not encoded in the password',
      () => `postgres://a:top-secret%zz@${host}/b`,
      'Write the character % as %25',
    ],
    [
      'with a socket that is not there',
      () => 'postgres://a:top-secret@localhost/b?host=/nope',
      'connect ENOENT /nope/.s.PGSQL.5432). Start it, or correct the host',
    ],
    [
      'with a certificate that is not there',
      () => `postgres://a:top-secret@${host}/b?sslrootcert=/nope`,
      "open '/nope'. Correct sslrootcert",
    ],
    ['without a database', () => `postgres://a:top-secret@${host}`, 'names no database'],
    [
      'where nothing listens',
      () => as('maker', 'owned', '127.0.0.1:1'),
      'nothing listens at 127.0.0.1:1.',
    ],
    [
      'with an unknown host',
      () => as('maker', 'owned', 'nowhere.invalid'),
      'the host nowhere.invalid cannot be found',
    ],
    [
      'where something else listens',
      () => as('maker', 'owned', strangerHost()),
      'closed the connection. Check that PostgreSQL listens there',
    ],
    ['with a wrong password', () => as('materi', 'postgres'), 'does not let the user in'],
    ['with an unknown user', () => as('nobody', 'school'), 'does not let the user in'],
    [
      'with a database that is not there',
      () => as('maker', 'kelas'),
      'database "kelas" does not exist',
    ],
    [
      'of a role that may not make n8n’s database',
      () => as('reader', 'school'),
      'Database "school_n8n" is missing and could not be made',
    ],
    [
      'of a role that may not make tables',
      () => as('reader', 'closed'),
      'the role "reader" may not make tables in database "closed"',
    ],
  ])('%s is refused by name, with what is wrong', async (_, url, fault) => {
    const refusal = await useServer(url()).then(
      () => 'taken',
      (error: unknown) => String(error),
    );
    expect(refusal).toContain('DATABASE_URL');
    expect(refusal).toContain(fault);
    expect(refusal).not.toContain('secret');
  });

  it('of a role that may do all that is needed is taken, and n8n gets a database beside it', async () => {
    const { databases, description, warning } = await useServer(as('maker', 'owned'));
    expect(databases.n8n).toBe(as('maker', 'owned_n8n'));
    expect(description).toMatch(/^PostgreSQL \d+, the server of DATABASE_URL$/);
    expect(warning).toBeUndefined();
  });
});
