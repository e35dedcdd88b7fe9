/**
 * Builds the publishable package: `gulp build` makes `dist`, which requires n8n-workflow and
 * node:crypto alone. A build that fails leaves the last one as it was. With NODES_OUT it is made
 * elsewhere, for tests that run beside others.
 */
const { execFile } = require('node:child_process');
const { rename, rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');

const OUT = process.env.NODES_OUT ?? 'dist';
const PARTIAL = `${OUT}.${process.pid}.partial`;

const compile = async () => {
  const tsc = require.resolve('typescript/bin/tsc');
  const args = [tsc, '-p', 'tsconfig.nodes.json', '--outDir', PARTIAL];
  try {
    await promisify(execFile)(process.execPath, args);
  } catch (error) {
    await rm(PARTIAL, { recursive: true, force: true });
    throw new Error(`tsc -p tsconfig.nodes.json:\n${error.stdout}`, { cause: error });
  }
};

/** What tsc made of core still requires zod; one bundle with zod inside takes its place. */
const bundleCore = async () => {
  await rm(join(PARTIAL, 'core'), { recursive: true });
  await esbuild.build({
    entryPoints: ['core/index.ts'],
    outfile: join(PARTIAL, 'core', 'index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    legalComments: 'inline',
    logLevel: 'warning',
  });
};

/** Icons, codex files, and the previews of what each operation gives. */
const ASSETS = [
  'nodes/**/*.svg',
  'nodes/**/*.node.json',
  'nodes/**/__schema__/**/*.json',
  'credentials/**/*.svg',
];

const copyAssets = () =>
  src(ASSETS, {
    base: '.',
    encoding: false,
  }).pipe(dest(PARTIAL));

const replace = async () => {
  await rm(OUT, { recursive: true, force: true });
  await rename(PARTIAL, OUT);
};

exports.build = series(compile, bundleCore, copyAssets, replace);
exports.default = exports.build;
