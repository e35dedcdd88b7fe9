import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

/** The rows of the tables in docs/security.md: the attack, the file, the test and its case. */
const ROWS = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, attack = '', file = '', test = ''] = line.split('|').map((cell) => cell.trim());
    const isAttack = file.startsWith('`') && test.startsWith('`');
    return isAttack ? [{ attack, file: file.slice(1, -1), test: test.slice(1, -1) }] : [];
  });

it('docs/security.md names at least 100 attacks, each once', () => {
  expect(ROWS.length).toBeGreaterThanOrEqual(100);
  expect(new Set(ROWS.map(({ attack }) => attack)).size).toBe(ROWS.length);
  expect(new Set(ROWS.map(({ file, test }) => `${file} ${test}`)).size).toBe(ROWS.length);
});

it('every attack of docs/security.md has its test', () => {
  const missing = ROWS.filter(({ file, test }) => {
    const source = readFileSync(file, 'utf8');
    return test.split(' › ').some((name) => !source.includes(name));
  });
  expect(missing).toEqual([]);
});

it('every table row of docs/security.md is read as an attack', () => {
  const lines = readFileSync('docs/security.md', 'utf8').split('\n');
  const rows = lines.filter((line) => line.startsWith('| ') && !/^\| (attack|-)/.test(line));
  expect(rows).toHaveLength(ROWS.length);
});
