import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { v7 as uuidv7 } from 'uuid';
import {
  COLUMNS,
  HeaderError,
  inspectSheet,
  materialIdSchema,
  oneLine,
  parseDecisions,
  preparationText,
  PrepareError,
  prepareSheet,
  rowList,
  SheetError,
  type Question,
  type SheetToPrepare,
} from '../../../core/index.ts';
import { readSheetConfig } from '../../config/config.ts';
import { ConfigError } from '../../config/variables.ts';
import { googleTransport } from '../../sync/transport.ts';
import { COMMAND_LINE } from './commandLine.ts';

export const USAGE = `Menyiapkan spreadsheet katalog yang sudah ada; tanpa --apply hanya menunjukkan apa yang akan berubah.
Prepares a catalog sheet that exists; without --apply it only shows what would change.

  npm run sheet:prepare -- [--apply] [--map "Nama Bahan=MATERIAL_TITLE"]… [--add MATERIAL_THEME]… [--header-row 2]

  --map         kolom ini yang dimaksud: judulnya diganti / this column is meant: its header is renamed
  --add         kolom baru yang kosong, walau ada yang mirip / a new, empty column, though one looks alike
  --header-row  baris judul kolom, dari 1 / the header's row, from 1

GOOGLE_SERVICE_ACCOUNT_JSON, GOOGLE_SHEETS_SPREADSHEET_ID, GOOGLE_SHEETS_TAB: spreadsheet yang mana / which sheet`;

/** Google's rule for 429 waits up to 64 s a try. At a terminal, people wait a few minutes. */
const LONGEST_MS = 240_000;
const ATTEMPTS = 6;

/**
 * Runs `npm run sheet:prepare`.
 *
 * @param args the options after the command
 * @param print prints one text; it may have several lines
 * @returns the exit code: 0 after a dry run or when all is written, 1 after an error text
 */
export async function prepareCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  print: (text: string) => void,
): Promise<0 | 1> {
  try {
    const given = parse(args);
    if (given.help === true) {
      print(USAGE);
      return 0;
    }
    const sheet = sheetOf(given, env);
    const found = await inspectSheet(sheet);
    print(preparationText(found, COMMAND_LINE));
    if (given.apply !== true) {
      const next =
        found.questions.length > 0
          ? 'Belum ada yang ditulis. Jawab dulu pertanyaan di atas. / Nothing was written. Answer the above first.'
          : 'Belum ada yang ditulis. Terapkan dengan --apply. / Nothing was written. Write it with --apply.';
      const guess = likeliest(found.questions);
      if (guess !== '')
        print(`\nYang paling mirip / The likeliest:\n  npm run sheet:prepare -- ${guess}`);
      if (found.hasChanges) print(`\n${next}`);
      return 0;
    }
    const { rowsWithoutId } = await prepareSheet(sheet);
    print('\nSelesai; tidak ada yang dipindahkan. / Done; nothing was moved.');
    if (rowsWithoutId.length > 0) {
      print(
        `Baris / rows ${rowList(rowsWithoutId)}: MATERIAL_ID tidak tersimpan. Pisahkan sel gabungan, lalu ` +
          'jalankan lagi. / MATERIAL_ID was not kept. Unmerge the cells, and run this again.',
      );
    }
    return 0;
  } catch (error) {
    const text = messageOf(error);
    if (text === null) throw error;
    print(text);
    return 1;
  }
}

/** The likeliest answers as options, for the person to correct; '' if no column looks like another. */
function likeliest(questions: readonly Question[]): string {
  return questions
    .flatMap(({ kind, field, candidates: [best] }) =>
      kind === 'missing' && best !== undefined
        ? [COMMAND_LINE.rename(oneLine(best.header), COLUMNS[field].header)]
        : [],
    )
    .join(' ');
}

function parse(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      apply: { type: 'boolean' },
      map: { type: 'string', multiple: true },
      add: { type: 'string', multiple: true },
      'header-row': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  return values;
}

function sheetOf(
  given: ReturnType<typeof parse>,
  env: Readonly<Record<string, string | undefined>>,
): SheetToPrepare {
  const row = given['header-row'];
  const decisions = parseDecisions({
    headerRow: row === undefined ? undefined : Number(row),
    renames: given.map,
    adds: given.add,
  });
  const config = readSheetConfig(env);
  return {
    transport: googleTransport(config),
    tab: config.tab,
    decisions,
    host: {
      newId: () => materialIdSchema.parse(uuidv7()),
      now: Date.now,
      random: Math.random,
      sleep: (milliseconds) => sleep(milliseconds),
      deadline: Date.now() + LONGEST_MS,
      attempts: ATTEMPTS,
    },
  };
}

/** Null: an unexpected error. Then its whole stack is printed. */
function messageOf(error: unknown): string | null {
  const { code, message } = Object(error) as { code?: unknown; message?: unknown };
  if (String(code).startsWith('ERR_PARSE_ARGS')) return `${String(message)}\n\n${USAGE}`;
  if (!(error instanceof Error)) return null;
  if (error instanceof SheetError && error.kind === 'no_access') {
    return `${error.message}\nShare the sheet as editor with the service account, and check GOOGLE_SHEETS_SPREADSHEET_ID and GOOGLE_SHEETS_TAB.`;
  }
  const isForeseen = [ConfigError, HeaderError, PrepareError, SheetError].some(
    (kind) => error instanceof kind,
  );
  return isForeseen ? error.message : null;
}
