/** One project for each kind of test; `npm test` runs them all, `npx jest --selectProjects unit` one. */
const base = {
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript', decorators: true }, target: 'es2024' },
        module: { type: 'commonjs' },
      },
    ],
  },
  testEnvironment: 'node',
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.local'],
};

const project = (displayName, testMatch, more = {}) => ({
  ...base,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  ...more,
});

export default {
  /** A guard against hanging, in ms; what is waited for takes far less, even on a machine that is busy. */
  testTimeout: 60_000,
  /** Two also on a machine with two cores: most tests wait for another process half of the time. */
  maxWorkers: 2,
  /** Each test file loads its modules anew, n8n's engine too: a worker that holds so much starts again. */
  workerIdleMemoryLimit: '1.5GB',
  testSequencer: '<rootDir>/test/harness/sequencer.mjs',
  projects: [
    project('unit', ['core/**/*.test.ts']),
    project('google', ['google-standin/**/*.test.ts']),
    project('api', ['api/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/harness/postgres/start.ts',
      globalTeardown: '<rootDir>/test/harness/postgres/stop.ts',
    }),
    project('direct', ['test/direct/**/*.test.ts']),
    project('nodes', ['test/nodes/**/*.test.ts'], {
      globalSetup: '<rootDir>/test/harness/postgres/start.ts',
      globalTeardown: '<rootDir>/test/harness/postgres/stop.ts',
    }),
    project('browser', ['test/browser/!(*editor*).test.ts']),
    project('editor', ['test/browser/*editor*.test.ts'], {
      globalSetup: '<rootDir>/test/harness/browser/startEditor.ts',
      globalTeardown: '<rootDir>/test/harness/browser/stopEditor.ts',
      setupFilesAfterEnv: ['<rootDir>/test/harness/browser/waitForEditor.ts'],
    }),
    project('containers', ['test/containers/**/*.test.ts']),
    project('stack', ['test/stack/**/*.test.ts'], {
      setupFilesAfterEnv: ['<rootDir>/test/harness/stack/waitForN8n.ts'],
    }),
    project('outages', ['test/{outages,versions}/**/*.test.ts']),
  ],
};
