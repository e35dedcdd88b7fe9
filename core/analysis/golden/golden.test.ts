import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { goldenHashes, goldenItems } from '../../../test/harness/golden.ts';
import { checkAnalysis } from '../check.ts';
import { analysisSchema } from '../schema.ts';
import { patched, type GoldenItem } from './golden.ts';
import { isCaught, scoreOf } from './score.ts';

const FILE = join(process.cwd(), 'core/analysis/golden/scores.json');

const items = goldenItems();
/** These must be right, every one. How often the checks are right about all others, the scores say. */
const known = items.filter(({ set }) => set === 'seed');
const check = ({ material }: GoldenItem, answer: object) =>
  checkAnalysis(JSON.stringify(answer), material);

describe('A right analysis', () => {
  it.each(known)('passes every check: $id, $material.title', (item) => {
    const { analysis, refused, review } = check(item, item.right);
    expect([...refused, ...review]).toEqual([]);
    expect(analysis).toEqual(item.right);
  });
});

const spoilt = known.flatMap((item) =>
  item.spoilt.map((variant, n) => ({ item, variant, name: `${item.id}, variant ${n}` })),
);

describe('A spoilt analysis', () => {
  it.each(spoilt.filter(({ variant }) => variant.expect.verdict !== 'missed'))(
    'gets its verdict $variant.expect.verdict for $variant.kind: $name',
    ({ item, variant }) => {
      const checked = check(item, patched(item.right, variant.patch));
      expect({ ...checked, isCaught: isCaught(checked, variant) }).toMatchObject({
        isCaught: true,
      });
    },
  );

  it('differs from the right one in every variant', () => {
    for (const { right, spoilt: variants } of items) {
      for (const { patch } of variants) expect(patched(right, patch)).not.toEqual(right);
    }
  });
});

it.each(items)(
  'The right analysis fits the schema, and its quotes are in the material: $id',
  (item) => {
    const { evidence } = analysisSchema.parse(item.right);
    for (const { field, quote } of evidence) expect(item.material[field]).toContain(quote);
  },
);

it('The golden set has unique ids', () => {
  expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
});

it('The scores are those of the prompt, the schema and the checks as they are now', () => {
  const sets = ['seed', 'train', 'held-out'] as const;
  const scores = Object.fromEntries(
    sets
      .map((set) => [set, items.filter((item) => item.set === set)] as const)
      .filter(([, ofSet]) => ofSet.length > 0)
      .map(([set, ofSet]) => [set, scoreOf(ofSet)]),
  );
  const now = { hashes: goldenHashes(), scores };
  // `UPDATE_SCORES=1` writes them anew. Look at the difference before you commit it.
  if (process.env['UPDATE_SCORES'] !== undefined) {
    writeFileSync(FILE, `${JSON.stringify(now, null, 2)}\n`);
  }
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(now);
});
