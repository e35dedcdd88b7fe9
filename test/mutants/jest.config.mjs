/** The tests that each mutant is to fail: those without Google's stand-in, which take milliseconds. */
import jest from '../../jest.config.mjs';

const { displayName, ...unit } = jest.projects.find((project) => project.displayName === 'unit');

export default { ...unit, rootDir: '../..', testMatch: ['<rootDir>/test/mutants/all.cjs'] };
