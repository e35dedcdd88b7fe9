import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';

// Jest's own sequencer, as Jest finds it. It knows how long each file took, but not on a new checkout.
const ofJest = createRequire(createRequire(import.meta.url).resolve('@jest/core'));
const { default: Sequencer } = ofJest('@jest/test-sequencer');

/** The files that take longest, the slowest first: started last, they would run alone at the end. */
const LONG = [
  'api/sync/adversary.test.ts',
  'api/sync/adversary.second.test.ts',
  'api/http/every-operation.test.ts',
  'api/http/hostile-texts.test.ts',
  'api/materials/batch/batch.test.ts',
  'test/nodes/catalog.errors.test.ts',
];
const project = join(import.meta.dirname, '..', '..');
const gone = LONG.filter((name) => !existsSync(join(project, name)));
if (gone.length > 0)
  throw new Error(`test/harness/sequencer.mjs names files that are gone: ${gone}`);

/** These files need n8n, which may not be installed yet when the tests begin. */
const N8N = /^test\/(stack\/|browser\/.*editor|nodes\/googleSheets)/;

/** After so much of the others: n8n is there, and enough is left to run beside the slow ones of these. */
const SHARE_BEFORE_N8N = 0.6;

export default class extends Sequencer {
  sort(tests) {
    const nameOf = ({ path }) => relative(project, path).split(sep).join('/');
    const sorted = super.sort(tests);
    const long = LONG.flatMap((name) => sorted.filter((test) => nameOf(test) === name));
    const short = sorted.filter((test) => !long.includes(test));
    const n8n = short.filter((test) => N8N.test(nameOf(test)));
    const others = short.filter((test) => !n8n.includes(test));
    const before = Math.ceil(others.length * SHARE_BEFORE_N8N);
    return [...long, ...others.slice(0, before), ...n8n, ...others.slice(before)];
  }
}
