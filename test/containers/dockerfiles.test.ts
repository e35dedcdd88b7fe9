import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod/v4';
import { buildContext } from '../harness/containers/buildContext.ts';
import { copiesOf, readDockerfile, textsOf } from '../harness/containers/dockerfile.ts';

const FILES = ['api/Dockerfile', 'docker/n8n/Dockerfile'];
const reaches = buildContext('.');
const manifestSchema = z.looseObject({
  workspaces: z.array(z.string()),
  devDependencies: z.record(z.string(), z.string()),
});
const manifest = manifestSchema.parse(JSON.parse(readFileSync('package.json', 'utf8')));

describe.each(FILES)('%s', (file) => {
  const stages = readDockerfile(file);
  const last = stages.at(-1);

  it('builds in one stage and runs in another', () => {
    expect(stages).toHaveLength(2);
    expect(copiesOf(last).map(({ stage }) => stage)).toContain(stages[0]?.name);
  });

  it('begins with full versions, with the digest where the tag is of Node.js', () => {
    for (const { from } of stages) {
      expect(from).toMatch(/:\d+\.\d+\.\d+/);
      if (from.startsWith('node:')) expect(from).toMatch(/@sha256:[0-9a-f]{64}$/);
    }
  });

  it('has the Node.js that the tests run on', () => {
    const version = manifest.devDependencies['node'] ?? '';
    const bases = stages.map(({ from }) => from).filter((from) => from.startsWith('node:'));
    expect(bases.length).toBeGreaterThan(0);
    for (const from of bases) expect(from).toContain(`node:${version}-`);
  });

  it('ends as a user without root’s rights, with a health check and a stop signal', () => {
    expect(textsOf(last, 'USER')).toEqual(['node']);
    expect(textsOf(last, 'HEALTHCHECK').join()).toMatch(
      /healthcheck\.mjs", "http:\/\/127\.0\.0\.1/,
    );
    expect(textsOf(last, 'STOPSIGNAL')).toEqual(['SIGTERM']);
    const names = last?.instructions.map(({ name }) => name) ?? [];
    expect(names.slice(names.indexOf('USER'))).not.toContain('RUN');
  });

  it('takes no secret as an argument and downloads nothing but packages', () => {
    for (const stage of stages) {
      expect(textsOf(stage, 'ARG')).toEqual([]);
      expect(textsOf(stage, 'ADD')).toEqual([]);
      expect(textsOf(stage, 'RUN').join()).not.toMatch(/curl|wget|npm install/);
    }
  });

  it('copies only files that are there and that .dockerignore lets through', () => {
    const sources = stages.flatMap(copiesOf).filter(({ stage }) => stage === null);
    for (const source of sources.flatMap((copy) => copy.sources)) {
      expect([source, existsSync(source), reaches(source)]).toEqual([source, true, true]);
    }
  });

  it('gives npm the package.json of every workspace', () => {
    const copied = copiesOf(stages[0]).flatMap(({ sources }) => sources);
    for (const workspace of manifest.workspaces) {
      expect(copied).toContain(`${workspace}/package.json`);
    }
  });
});

describe('docker/n8n/Dockerfile', () => {
  it('has the n8n that the tests run on', () => {
    const engine = manifest.devDependencies['n8n-core'] ?? '';
    expect(readDockerfile('docker/n8n/Dockerfile').at(-1)?.from).toBe(`n8nio/n8n:${engine}`);
  });
});

describe('.dockerignore', () => {
  it.each([
    ...[
      '.env',
      '.env.example',
      'api/.env',
      '.git/config',
      '.local/secrets.json',
      'client/index.ts',
    ],
    ...['node_modules/pg/package.json', 'api/node_modules/a.js', 'dist/core/index.js', 'npm.log'],
    ...['api/main.test.ts', 'core/sheet/test/a.ts', 'test/harness/s3.ts', 'google-standin/main.ts'],
  ])('keeps %s from the builder', (path) => {
    expect(reaches(path)).toBe(false);
  });

  it.each(['api/main.ts', 'api/db/migrations/001.sql', 'core/index.ts', 'nodes/a/b.svg', '.npmrc'])(
    'lets %s through',
    (path) => {
      expect(reaches(path)).toBe(true);
    },
  );
});
