/** The random histories of nodes and people, with Google's stand-in in memory. */
import unit from './jest.config.mjs';

export default {
  ...unit,
  testMatch: ['<rootDir>/core/sheet/recovery/test/histories.test.ts'],
  testTimeout: 60_000,
};
