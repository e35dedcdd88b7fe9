import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { DEFAULT_MODEL } from '../../core/index.ts';

it('The name of the default model is written where it is chosen and where its price is, nowhere else', () => {
  const files = execFileSync('git', [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ])
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(file));
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) => readFileSync(file).includes(DEFAULT_MODEL));
  expect(found).toEqual(['core/analysis/model.ts', 'core/analysis/prices.ts']);
});
