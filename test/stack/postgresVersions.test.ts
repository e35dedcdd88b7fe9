import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, type PostgresBinaries } from '../../local/postgres/binaries.ts';
import { runPostgres, useServer } from '../../local/postgres/index.ts';
import { Parts } from '../../local/process/parts.ts';
import { choosePorts } from '../../local/process/ports.ts';

jest.setTimeout(120_000);

const project = join(__dirname, '..', '..');
const path = process.env['PATH'] ?? '';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'materi-postgres-'));
  chmodSync(folder, 0o755);
});
afterEach(() => {
  process.env['PATH'] = path;
  rmSync(folder, { recursive: true });
});

/** Puts programs first on the PATH that say they are this version. */
function install(version: string): string {
  const bin = join(folder, version);
  mkdirSync(bin);
  for (const name of ['postgres', 'initdb', 'pg_config']) {
    const words = name === 'pg_config' ? bin : `${name} (PostgreSQL) ${version}`;
    writeFileSync(join(bin, name), `#!/bin/sh\necho '${words}'\n`, { mode: 0o755 });
  }
  process.env['PATH'] = `${bin}:${process.env['PATH'] ?? ''}`;
  return bin;
}

describe('the PostgreSQL for new data', () => {
  it('is an installed one from 17 on', () => {
    const bin = install('17.2');
    install('9.6.24');
    install('16.9 (Debian 16.9-1)');
    expect(findPostgres(project)).toEqual({ bin, major: 17, origin: 'installed' });
  });

  it('is the packaged one where only older ones are installed, for n8n does not support them', () => {
    install('15.20 (Debian 15.20-0+deb12u1)');
    const found = findPostgres(project);
    // A machine may have a newer one elsewhere; the old one is never taken.
    expect(found.major).toBeGreaterThanOrEqual(17);
  });
});

describe('the PostgreSQL for data of an older version', () => {
  it('is the version that made it', () => {
    const bin = install('14.1');
    expect(findPostgres(project, 14)).toEqual({ bin, major: 14, origin: 'installed' });
  });

  it('is refused when that version is gone, and the data is left', () => {
    expect(() => findPostgres(project, 9)).toThrow(
      'was made by PostgreSQL 9, which is not here any more. Install it again',
    );
  });

  it('goes on with a warning, and so does a server of DATABASE_URL', async () => {
    const old = installedOlder();
    if (old === undefined) return; // nothing to try it with
    mkdirSync(join(folder, 'logs'));
    const parts = new Parts(folder, () => undefined);
    const { port } = await choosePorts(join(folder, 'ports.json'), { port: 0 });
    const options = { project, state: folder, port, password: 'secret', parts };
    try {
      await runPostgres({ ...options, major: old.major });
      await parts.stop();
      const again = new Parts(folder, () => undefined);
      try {
        const postgres = await runPostgres({ ...options, parts: again });
        expect(postgres.description).toContain(`PostgreSQL ${old.major}, installed`);
        expect(postgres.warning).toContain(
          `was made by PostgreSQL ${old.major}, which n8n does not support any more (17 and newer)`,
        );
        const named = await useServer(postgres.databases.materi);
        expect(named.warning).toContain(`DATABASE_URL names PostgreSQL ${old.major}.`);
      } finally {
        await again.stop();
      }
    } finally {
      await parts.stop();
    }
  });
});

/** An installed PostgreSQL that n8n does not support, if this machine has one. */
function installedOlder(): PostgresBinaries | undefined {
  for (const major of [16, 15, 14]) {
    try {
      return findPostgres(project, major);
    } catch {
      // Not this one.
    }
  }
  return undefined;
}
