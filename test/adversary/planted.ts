/**
 * `npm run test:planted`: puts faults into copies of the code that earlier versions of it had, and lets
 * random histories find them. It prints the histories that each fault took, and fails if one is not found.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One text in a file, and the text that replaces it. */
type Replacement = readonly [file: string, text: string, by: string];

const RECOVERY = 'core/sheet/recovery';

const FAULTS: Readonly<Record<string, readonly Replacement[]>> = {
  'a row without an id is found by its whole content alone, and nothing is recorded': [
    [
      `${RECOVERY}/likeness.ts`,
      'return share >= LEAST_SHARE[',
      'return share === 1 && share >= LEAST_SHARE[',
    ],
    [`${RECOVERY}/likeness.ts`, 'const isHit = hasAll &&', 'const isHit = false && hasAll &&'],
    [
      `${RECOVERY}/fromRead.ts`,
      "...skipped].filter(({ value }) => value !== '')",
      '...skipped].filter(() => false)',
    ],
    [`${RECOVERY}/fromAnswer.ts`, 'intent.rollbacks > 0 ? []', 'intent.rollbacks >= 0 ? []'],
  ],
  'an id in capitals is another id': [
    [
      'core/material/rows.ts',
      'columnText(cells, column).toLowerCase()',
      'columnText(cells, column)',
    ],
  ],
  'a copy of a new row is emptied': [
    [`${RECOVERY}/addedRows.ts`, "verdict.kind === 'misplaced');", "verdict.kind !== 'unknown');"],
    [`${RECOVERY}/addedRows.ts`, "cell !== '' && texts.includes(digest(cell))", "cell !== ''"],
    [`${RECOVERY}/addedRows.ts`, 'above.length === 0 ? places : above', 'places.slice(1)'],
  ],
};

/** A fault that is not found in so many histories counts as not found. */
const HISTORIES = 4_000;

const root = process.cwd();

/** Copies the code to a folder and puts a fault into it. @throws Error if the code no longer has the text */
async function plant(folder: string, replacements: readonly Replacement[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const left = new Set(['node_modules', '.git', '.local', 'dist']);
  for (const name of await readdir(root)) {
    if (!left.has(name)) await cp(join(root, name), join(folder, name), { recursive: true });
  }
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text, by] of replacements) {
    const source = await readFile(join(folder, file), 'utf8');
    if (!source.includes(text)) throw new Error(`${file} no longer has the text: ${text}`);
    await writeFile(
      join(folder, file),
      source.replace(text, () => by),
    );
  }
}

/** @returns what the random histories print; they end with code 1 if they have found something */
function play(folder: string): Promise<{ isFound: boolean; lines: string[] }> {
  const env = {
    ...process.env,
    ADVERSARY_RUNS: `${HISTORIES}`,
    ADVERSARY_SEED: '1',
    ADVERSARY_KILLS: '0',
    ADVERSARY_SHRINK_SECONDS: '0',
  };
  const script = join(folder, 'test/adversary/run.ts');
  const options = { cwd: folder, env, maxBuffer: 64 * 1_024 ** 2 };
  return new Promise((resolve) => {
    execFile(process.execPath, [script], options, (error, stdout) => {
      const isFound = error?.code === 1 && stdout.includes('\n- ');
      resolve({ isFound, lines: stdout.trim().split('\n') });
    });
  });
}

let missed = 0;
for (const [index, [fault, replacements]] of Object.entries(FAULTS).entries()) {
  const folder = join(root, '.local', 'planted', `${index}`);
  await plant(folder, replacements);
  const { isFound, lines } = await play(folder);
  console.log(`${isFound ? 'found' : 'NOT FOUND'}: ${fault}`);
  console.log(`  ${lines.find((line) => line.startsWith('- ')) ?? ''}\n  ${lines.at(-1)}`);
  if (!isFound) missed += 1;
}
process.exitCode = missed === 0 ? 0 : 1;
