import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { z } from 'zod/v4';
import { buildContext } from '../harness/containers/buildContext.ts';
import { copiesOf, readDockerfile } from '../harness/containers/dockerfile.ts';

/** What people run in the image: the API, and the commands for operators. */
const ENTRIES = [
  'api/main.ts',
  ...['migrate.ts', 'backup.ts', 'restore.ts', 'prepare/main.ts', 'googleCheck/main.ts'].map(
    (command) => `api/commands/${command}`,
  ),
];

/** `@scope/name/path` is in the package `@scope/name`. */
const packageOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

/** All files that these entries import, directly or not, and all packages. */
async function importedBy(entries: readonly string[]) {
  const { metafile } = await build({
    entryPoints: [...entries],
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    metafile: true,
    write: false,
    outdir: 'unused',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const bare = imports.filter(({ external, path }) => external === true && !isBuiltin(path));
  return {
    files: Object.keys(metafile.inputs),
    packages: [...new Set(bare.map(({ path }) => packageOf(path)))].sort(),
  };
}

const { dependencies } = z
  .looseObject({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync('api/package.json', 'utf8')));

describe('the API and its commands', () => {
  it('import only packages that api/package.json has as dependencies', async () => {
    const { packages } = await importedBy(ENTRIES);
    expect(packages).toContain('express');
    expect(packages.filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  });

  it('import only files that the image has', async () => {
    const { files } = await importedBy(ENTRIES);
    const reaches = buildContext('.');
    const copied = copiesOf(readDockerfile('api/Dockerfile').at(-1))
      .filter(({ stage }) => stage === null)
      .flatMap(({ sources }) => sources);
    const isIn = (file: string) =>
      copied.some((source) => file === source || file.startsWith(`${source}/`)) && reaches(file);
    expect(files).toContain('core/index.ts');
    expect(files.filter((file) => !isIn(file))).toEqual([]);
  });
});
