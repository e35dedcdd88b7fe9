/** `npm run check:data`: checks the invariants now, prints a table, and exits with 1 if one is broken. */
import { readDatabaseUrl } from '../config/config.ts';
import { connect, LONG_LIMITS } from '../db/connect.ts';
import { checkInvariants, INVARIANTS } from '../invariants/index.ts';
import { createLogger } from '../log.ts';
import { runCommand } from './runCommand.ts';

await runCommand(async () => {
  const log = createLogger('warn');
  const db = connect(readDatabaseUrl(process.env), log, LONG_LIMITS);
  try {
    const findings = await checkInvariants(db, log);
    const width = Math.max(...INVARIANTS.map(({ name }) => name.length));
    for (const { name, violations, examples } of findings) {
      const result = violations === null ? 'failed' : violations === 0 ? 'ok' : String(violations);
      console.log([name.padEnd(width), result.padStart(8), ...examples].join('  '));
    }
    const broken = findings.filter(({ violations }) => violations !== 0);
    for (const { name } of broken) {
      console.log(`\n${name}: ${INVARIANTS.find((one) => one.name === name)?.why}`);
    }
    if (broken.length > 0) process.exitCode = 1;
  } finally {
    await db.destroy();
  }
});
