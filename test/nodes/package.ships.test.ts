import { execFile } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import '../harness/nodes/engine/instance.ts';
import { PackageDirectoryLoader } from 'n8n-core';
import type { IDisplayOptions } from 'n8n-workflow';
import { extract } from 'tar';
import ts from 'typescript';

const run = promisify(execFile);
const root = process.cwd();

/** Where the package is made, packed and unpacked, beside `dist`, which others may be reading. */
const work = mkdtempSync(join(tmpdir(), 'materi-package-'));
const unpacked = join(work, 'package');

beforeAll(async () => {
  const gulp = join(root, 'node_modules/gulp/bin/gulp.js');
  await run(process.execPath, [gulp, 'build', '--silent'], {
    cwd: root,
    env: { ...process.env, NODES_OUT: join(work, 'dist') },
  });
  copyFileSync(join(root, 'package.json'), join(work, 'package.json'));
  copyFileSync(join(root, 'LICENSE'), join(work, 'LICENSE'));
  await run('npm', ['pack', '--ignore-scripts', '--workspaces=false', '--silent'], { cwd: work });
  const tarball = readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '';
  await extract({ file: join(work, tarball), cwd: work });
  // n8n has n8n-workflow ready for every community package.
  mkdirSync(join(work, 'node_modules'));
  symlinkSync(join(root, 'node_modules/n8n-workflow'), join(work, 'node_modules/n8n-workflow'));
}, 60_000);

afterAll(() => {
  rmSync(work, { recursive: true });
});

const files = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(folder, name));

/** Every module that a compiled file loads, by `require`, `import` or `import()`. */
function required(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => fileName);
}

/** The environment variables of the portal, and those of n8n and Node.js that concern it. */
const ENVIRONMENT_VARIABLE =
  /\b(N8N_\w+|NODE_[A-Z]\w+|WEBHOOK_\w+|GOOGLE_\w+|SERVICE_KEYS|JWT_SECRET|DATABASE_URL|ADMIN_EMAILS)\b/g;

/** The texts in a source file. A comment is none. */
function textsOf(node: ts.Node): string[] {
  const own = ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) ? [node.text] : [];
  const children: string[] = [];
  ts.forEachChild(node, (child) => void children.push(...textsOf(child)));
  return [...own, ...children];
}

describe('What ships to n8n', () => {
  it('requires n8n-workflow, node:crypto and its own files, nothing else', () => {
    const foreign = files(unpacked, '.js').flatMap((file) =>
      required(file)
        .filter((name) => !['n8n-workflow', 'node:crypto'].includes(name))
        .filter((name) => !name.startsWith('.') || !existsSync(join(dirname(file), name)))
        .map((name) => `${relative(unpacked, file)} requires ${name}`),
    );
    expect(foreign).toEqual([]);
  });

  it('would notice a library or a module of Node.js in it', () => {
    const core = required(join(unpacked, 'dist/core/index.js'));
    expect(new Set(core)).toEqual(new Set(['node:crypto']));
    expect(required(join(root, 'core/material/material.ts'))).toContain('zod/v4-mini');
  });

  it('holds dist, package.json and the licence, and no tests', () => {
    const top = readdirSync(unpacked).sort();
    expect(top).toEqual(['LICENSE', 'dist', 'package.json']);
    expect(files(unpacked, '.test.js')).toEqual([]);
    expect(readdirSync(join(unpacked, 'dist')).sort()).toEqual(['core', 'credentials', 'nodes']);
  });

  it("is loaded by n8n's own loader, with icons, codex and credentials", async () => {
    const loader = new PackageDirectoryLoader(unpacked);
    await loader.loadAll();
    const nodes = loader.types.nodes.map(({ name }) => name).sort();
    expect(nodes).toEqual(['materiCatalog', 'materiGemini', 'materiJob', 'materiTrigger']);
    for (const { name, iconUrl, codex } of loader.types.nodes) {
      expect([name, iconUrl]).toEqual([
        name,
        { light: expect.stringMatching(/\.svg$/), dark: expect.stringMatching(/\.dark\.svg$/) },
      ]);
      expect([name, codex?.categories?.length]).toEqual([name, expect.any(Number)]);
    }
    expect(loader.types.credentials.map(({ name }) => name).sort()).toEqual([
      'materiGeminiApi',
      'materiGoogleOAuth2Api',
      'materiGoogleServiceAccountApi',
      'materiPortalApi',
    ]);
  });

  it('lets people choose, in the editor, what the choice of a credential depends on', async () => {
    const loader = new PackageDirectoryLoader(unpacked);
    await loader.loadAll();
    const shownBy = ({ displayOptions }: { displayOptions?: IDisplayOptions }) =>
      Object.keys(displayOptions?.show ?? {});
    // The editor sets these itself, with the credential, and hides what their `show` names.
    const hidden = loader.types.nodes.flatMap(({ name, credentials = [], properties }) => {
      const forCredentials = new Set(credentials.flatMap(shownBy));
      const chosen = properties.filter((property) => forCredentials.has(property.name));
      return chosen.flatMap(shownBy).map((parameter) => `${name} hides ${parameter}`);
    });
    expect(hidden).toEqual([]);
  });

  it('names no environment variable to designers', () => {
    const sources = ['nodes', 'credentials'].flatMap((folder) => files(join(root, folder), '.ts'));
    const named = sources.flatMap((file) => {
      const code = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
      return textsOf(code).flatMap((text) => text.match(ENVIRONMENT_VARIABLE) ?? []);
    });
    expect(named).toEqual([]);
  });

  it("passes n8n's scanner, as sources and as a package", async () => {
    const scan = join(root, 'test/nodes/package/scan.mjs');
    // With NODE_ENV=test some of n8n's rules drop their own conditions.
    const env = { ...process.env, NODE_ENV: 'production' };
    const [sources, shipped] = await Promise.allSettled([
      run(process.execPath, [scan, 'sources', root], { env }),
      run(process.execPath, [scan, 'package', unpacked], { env }),
    ]);
    const found = [sources, shipped].map((result) =>
      result.status === 'rejected' ? String(result.reason) : '',
    );
    expect(found).toEqual(['', '']);
  }, 60_000);
});
