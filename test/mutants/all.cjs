/**
 * The tests of recovery and batch in one file: so Jest loads their subject once for each mutant, not once
 * for each file of tests.
 */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

for (const room of ['batch', 'recovery']) {
  const folder = join(__dirname, '../../core/sheet', room, 'test');
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.test.ts') && name !== 'histories.test.ts') require(join(folder, name));
  }
}
