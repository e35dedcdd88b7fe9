/**
 * Three sets of rules: n8n's rules (those of `n8n-node lint`) for code that ships to n8n;
 * typescript-eslint's strict rules, with types, for all other code; regular expressions of linear time
 * everywhere.
 */
import { config as n8nRules } from '@n8n/node-cli/eslint';
import regexp from 'eslint-plugin-regexp';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const SHIPPED = ['nodes/**/*.ts', 'credentials/**/*.ts'];

/** n8n's config takes a whole repository for a node package: here it may see only what is one. */
const forShipped = n8nRules
  .filter((entry) => entry.ignores === undefined || entry.files !== undefined)
  .map(({ files = ['**/*.ts', 'package.json'], ...entry }) => ({
    ...entry,
    files: files.flatMap((glob) => (glob === '**/*.ts' ? SHIPPED : [glob.replace(/^\.\//, '')])),
  }));

const SPREAD_LITERAL = {
  selector: 'ObjectExpression > SpreadElement > ObjectExpression',
  message: 'Write the properties themselves instead of spreading a literal.',
};

/** n8n binds `this` where it calls a node. */
const THIS_BELOW_ENTRY = {
  selector: 'Identifier.params[name="this"]',
  message: 'Below the entry points of a node, take the node as the first argument.',
};

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '.local/', 'coverage/', 'client/']),
  ...forShipped,
  {
    // Texts of strangers reach regular expressions: one of quadratic time blocks the process.
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignorePartial: false }],
      'no-restricted-syntax': ['error', SPREAD_LITERAL],
    },
  },
  {
    files: ['nodes/**/*.ts'],
    ignores: ['nodes/*/*.node.ts', 'nodes/*/methods/*.ts', 'nodes/shared/credentialTests/*.ts'],
    rules: { 'no-restricted-syntax': ['error', SPREAD_LITERAL, THIS_BELOW_ENTRY] },
  },
  {
    files: ['{core,api,google-standin,local,test,bench}/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Numbers in messages read well, and `String(n)` round each of them does not.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `onClose(() => server.close())` says all there is to say.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // `process.env['NAME']`: TypeScript's noPropertyAccessFromIndexSignature asks for it.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
);
