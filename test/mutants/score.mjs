/** Prints the changes that neither half has noticed. Fails if fewer than 90 % were noticed. */
import { readFileSync } from 'node:fs';
import first from './stryker.config.mjs';
import histories from './histories.config.mjs';

const LEAST = 0.9;

const mutantsOf = ({ jsonReporter: { fileName } }) =>
  Object.entries(JSON.parse(readFileSync(fileName, 'utf8')).files).flatMap(([file, { mutants }]) =>
    mutants.map((mutant) => ({ ...mutant, file })),
  );
const nameOf = ({ file, location: { start }, mutatorName, replacement }) =>
  `${file}:${start.line}:${start.column} ${mutatorName} → ${replacement ?? ''}`;
const isNoticed = ({ status }) => status === 'Killed' || status === 'Timeout';

const counted = mutantsOf(first).filter(
  ({ status }) => !['RuntimeError', 'CompileError', 'Ignored'].includes(status),
);
const noticed = new Set(
  [...mutantsOf(first), ...mutantsOf(histories)].filter(isNoticed).map(nameOf),
);
const left = counted.filter((mutant) => !noticed.has(nameOf(mutant)));
for (const mutant of left) console.log(nameOf(mutant));
const share = 1 - left.length / counted.length;
console.log(
  `${counted.length - left.length} of ${counted.length} changes noticed: ${(100 * share).toFixed(1)} %`,
);
if (share < LEAST) process.exitCode = 1;
