/**
 * Builds the publishable package: `gulp build` makes `dist`, which requires n8n-workflow and
 * node:crypto alone. With NODES_OUT it is made elsewhere, for tests that run beside others.
 */
const { execFile } = require('node:child_process');
const { rm } = require('node:fs/promises');
const { join } = require('node:path');
const { promisify } = require('node:util');
const esbuild = require('esbuild');
const { dest, series, src } = require('gulp');

const OUT = process.env.NODES_OUT ?? 'dist';

const clean = () => rm(OUT, { recursive: true, force: true });

const compile = () =>
  promisify(execFile)(process.execPath, [
    require.resolve('typescript/bin/tsc'),
    '-p',
    'tsconfig.nodes.json',
    '--outDir',
    OUT,
  ]).catch((error) => {
    throw new Error(`tsc -p tsconfig.nodes.json:\n${error.stdout}`);
  });

/** What tsc made of core still requires zod; one bundle with zod inside takes its place. */
const bundleCore = async () => {
  await rm(join(OUT, 'core'), { recursive: true, force: true });
  await esbuild.build({
    entryPoints: ['core/index.ts'],
    outfile: join(OUT, 'core', 'index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    legalComments: 'inline',
    logLevel: 'warning',
  });
};

const copyAssets = () =>
  src(['nodes/**/*.svg', 'nodes/**/*.node.json', 'credentials/**/*.svg'], {
    base: '.',
    encoding: false,
  }).pipe(dest(OUT));

exports.build = series(clean, compile, bundleCore, copyAssets);
exports.default = exports.build;
