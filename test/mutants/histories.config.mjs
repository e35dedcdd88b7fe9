/**
 * The second half of `npm run test:mutants`: runs the random histories, which take seconds, on each change
 * that no other test has noticed.
 */
import { readFileSync } from 'node:fs';
import first from './stryker.config.mjs';

const { files } = JSON.parse(readFileSync(first.jsonReporter.fileName, 'utf8'));

const unnoticed = Object.entries(files).flatMap(([file, { mutants }]) =>
  mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location: { start, end } }) =>
      [file, `${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`].join(':'),
    ),
);

export default {
  ...first,
  jest: { configFile: 'test/mutants/jestHistories.config.mjs', enableFindRelatedTests: false },
  mutate: [...new Set(unnoticed)],
  tempDirName: '.local/mutants/sandbox2',
  jsonReporter: { fileName: '.local/mutants/histories.json' },
};
