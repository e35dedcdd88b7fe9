/** `npm run google:check -- <spreadsheet id>`: tries on a real sheet what docs/google.md lists. */
import { parseArgs } from 'node:util';
import { readSheetConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/variables.ts';
import { check, table } from './check.ts';
import { messageOf, openCheckedSheet } from './sheet.ts';

const USAGE = `npm run google:check -- <the id in the spreadsheet's address, after /d/>

GOOGLE_SERVICE_ACCOUNT_JSON: the key of a service account with which the spreadsheet is shared as editor.
It works in tabs of its own, whose names begin with _materi_check, and removes them.`;

async function run(): Promise<number> {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [spreadsheetId] = positionals;
  if (spreadsheetId === undefined || positionals.length > 1) {
    console.error(USAGE);
    return 1;
  }
  const config = readSheetConfig({
    ...process.env,
    GOOGLE_SHEETS_SPREADSHEET_ID: spreadsheetId,
    GOOGLE_SHEETS_TAB: '_materi_check',
  });
  const sheet = openCheckedSheet(config);
  process.once('SIGINT', () => {
    void sheet.cleanUp().finally(() => process.exit(130));
  });
  const { outcomes, answers } = await check(sheet);
  console.log(table(outcomes, answers));
  return outcomes.every(({ holds }) => holds) ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (error) {
  const hint = error instanceof ConfigError ? '' : `\n\n${USAGE}`;
  console.error(`${messageOf(error)}${hint}`);
  process.exitCode = 1;
}
