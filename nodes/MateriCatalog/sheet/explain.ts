import {
  JOURNAL_TAB,
  DirectRefusal,
  HeaderError,
  ItemRefused,
  PrepareError,
  SheetError,
  type SheetErrorKind,
} from '../../../core/index.ts';
import { GoogleError } from '../../shared/google/request.ts';
import type { ItemFailure } from '../../shared/items/itemFailure.ts';
import { catalogFailure } from '../item/failure.ts';
import type { SheetAccess } from './access.ts';

/** The account that is used, and the spreadsheet if one is known. */
type Access = Pick<SheetAccess, 'node' | 'credential'> &
  Partial<SheetAccess> & {
    /** The account's name in messages, if not its e-mail address. */
    readonly account?: string;
  };

/**
 * Turns an error of a sheet into a failure that tells a workflow designer the reason and what to
 * do.
 *
 * @returns the same error if it does not come from the sheet
 */
export async function explained(access: Access, error: unknown): Promise<unknown> {
  if (error instanceof ItemRefused) return catalogFailure(error.code, error.message);
  if (error instanceof DirectRefusal) {
    const { item, refusal } = error;
    return catalogFailure(refusal.code, refusal.message, { item });
  }
  if (error instanceof HeaderError) {
    return catalogFailure(error.code, error.message, {
      advice: 'Correct the header row of the sheet. Sheet: Prepare shows what it would change.',
    });
  }
  if (error instanceof PrepareError) {
    return catalogFailure('undecided', error.message, {
      advice: 'Run it with Dry Run on: its text says what to set in Rename Headers and Options.',
    });
  }
  if (!(error instanceof SheetError)) return error;
  if (error.kind === 'no_access') return noAccess(access, error);
  if (error.kind === 'refused' && PROTECTED.test(error.message)) return protectedCells(access);
  const [code, advice] = KINDS[error.kind];
  return catalogFailure(code, error.message, { advice });
}

const KINDS = {
  no_tab: [
    'tab_missing',
    'Choose another Tab. A tab chosen from the list or by its ID is found also after it was renamed.',
  ],
  busy: [
    'busy',
    'Run fewer workflows at once, or raise Give Up After. Google grants an account 60 reads and 60 writes a minute.',
  ],
  unknown: [
    'unreachable',
    'Try again later. A write may have reached the sheet: an Update repeats safely, a Create may add a second row.',
  ],
  refused: [
    'refused',
    'Google refused the whole request and says why. Correct the items or the sheet.',
  ],
} as const satisfies Record<Exclude<SheetErrorKind, 'no_access'>, readonly [string, string]>;

/** Google has no error code for a protected cell, only these words. */
const PROTECTED = /protected cell or object/i;

async function noAccess(access: Access, error: SheetError): Promise<ItemFailure> {
  const status = error instanceof GoogleError ? error.status : undefined;
  const account = await accountOf(access);
  const share = `In Google Sheets, choose Share and add ${account} as an editor.`;
  if (status === 403 && /has not been used in project|is disabled/.test(error.message)) {
    return catalogFailure('no_access', error.message, {
      advice:
        'Enable the Google Sheets API and the Google Drive API in the Google Cloud project of the credential.',
    });
  }
  if (status === 403 && access.spreadsheetId !== undefined) {
    return catalogFailure(
      'no_access',
      `The spreadsheet is not shared with ${account}, or only for reading.`,
      {
        advice: `${share} (${error.message})`,
      },
    );
  }
  if (status === 404) {
    const id = (access.spreadsheetId ?? '').slice(0, 100);
    return catalogFailure('no_access', `Google knows no spreadsheet with the ID ${id}.`, {
      advice: `Check Spreadsheet: it may have been deleted. If it is right: ${share}`,
    });
  }
  if (error instanceof GoogleError && error.hasAdvice) {
    return catalogFailure('no_access', error.message);
  }
  return catalogFailure('no_access', error.message, {
    advice: 'Check that the credential is connected, and that its account still exists.',
  });
}

/** The e-mail address of a service account. n8n does not know the address of an OAuth2 account. */
async function accountOf({ node, credential, account }: Access): Promise<string> {
  const { email = '' } = await node.getCredentials<{ email?: string }>(credential);
  if (email.trim() === '') return 'the Google account that the credential is connected to';
  return account ?? email.trim();
}

const MOST_RANGES = 5;

async function protectedCells(access: Access): Promise<ItemFailure> {
  const account = await accountOf(access);
  const all = (await access.transport?.closedRanges().catch(() => [])) ?? [];
  const tab = access.tab?.();
  const closed = all.filter(
    (range) =>
      range.tab === JOURNAL_TAB ||
      tab === undefined ||
      ('name' in tab ? range.tab === tab.name : range.sheetId === tab.sheetId),
  );
  const ranges = closed.slice(0, MOST_RANGES).map(({ tab, cells, description }) => {
    const place = cells === '' ? `the whole tab "${tab}"` : `${cells} of "${tab}"`;
    return description === '' ? place : `${place} (${description.slice(0, 100)})`;
  });
  const more = closed.length > MOST_RANGES ? ` and ${closed.length - MOST_RANGES} more` : '';
  const where = ranges.length === 0 ? '' : ` Protected: ${ranges.join(', ')}${more}.`;
  return catalogFailure(
    'protected',
    `The sheet protects cells from ${account}, so Google refused to write.${where}`,
    {
      advice:
        'The owner of the spreadsheet and the editors of the protection can change it: in Google Sheets, ' +
        `Data, Protect sheets and ranges. Ask one of them to add ${account} there, or map no protected column.`,
    },
  );
}
