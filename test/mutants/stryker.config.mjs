/**
 * The first half of `npm run test:mutants`. It changes recovery and batch in one place after another, and
 * runs their tests each time.
 */
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { configFile: 'test/mutants/jest.config.mjs', enableFindRelatedTests: false },
  mutate: ['core/sheet/{batch,recovery}/!(index).ts'],
  coverageAnalysis: 'perTest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  concurrency: 2,
  ignorePatterns: ['.local', 'dist', 'docs', 'bench'],
  tempDirName: '.local/mutants/sandbox',
  reporters: ['clear-text', 'json', 'progress-append-only'],
  jsonReporter: { fileName: '.local/mutants/report.json' },
  clearTextReporter: { allowColor: false, logTests: false },
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: null },
};
