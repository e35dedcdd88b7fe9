import type { IAllExecuteFunctions, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';
import { namesOf, SheetError } from '../../../core/index.ts';
import { googleCredential, type GoogleCredential } from '../../shared/google/request.ts';
import { sheetTransport, type NodeTransport } from '../../shared/google/sheetTransport.ts';
import { read } from '../../shared/http/read.ts';
import { catalogFailure } from '../item/failure.ts';

/** The spreadsheet that the node's parameters name, and the account that it is opened with. */
export interface SheetAccess {
  readonly node: IAllExecuteFunctions;
  readonly credential: GoogleCredential;
  readonly spreadsheetId: string;
  readonly transport: NodeTransport;
  /** @throws ItemFailure `invalid_setting` if no tab is chosen, as while the editor lists them */
  tab(): TabChoice;
}

/** A tab as the node names it. Its ID stays the same when people rename the tab. */
export type TabChoice = { readonly name: string } | { readonly sheetId: number };

/** The sheet that the parameters of the first item name. */
export function accessInRun(node: IExecuteFunctions): SheetAccess {
  return accessOf(node, (name, options) => node.getNodeParameter(name, 0, '', options));
}

/** The sheet that the parameters name while the node is open in the editor. */
export function accessInEditor(node: ILoadOptionsFunctions): SheetAccess {
  return accessOf(node, (name, options) => node.getNodeParameter(name, '', options));
}

type ReadParameter = (name: string, options?: { extractValue: boolean }) => unknown;

/** @throws ItemFailure `invalid_setting` if no spreadsheet is chosen */
function accessOf(node: IAllExecuteFunctions, parameter: ReadParameter): SheetAccess {
  const credential = googleCredential(parameter('authentication'));
  const spreadsheetId = spreadsheetIdOf(parameter);
  return {
    node,
    credential,
    spreadsheetId,
    transport: sheetTransport(node, credential, spreadsheetId),
    tab: () => tabChoice(parameter('tab')),
  };
}

/**
 * The tab's title: people may have renamed a tab that the node names by its ID.
 *
 * @param patiently repeats the request after a passing fault; by default it is sent once, because a
 *   person waits
 * @throws SheetError `no_tab` if it is gone
 */
export async function titleOf(
  access: SheetAccess,
  patiently: <T>(ask: () => Promise<T>) => Promise<T> = (ask) => ask(),
): Promise<string> {
  const tab = access.tab();
  if ('name' in tab) return tab.name;
  const { tabs } = await patiently(() => access.transport.describe());
  const found = tabs.find(({ sheetId }) => sheetId === tab.sheetId);
  if (found !== undefined) return found.title;
  throw new SheetError(
    'no_tab',
    `The spreadsheet has no tab with the ID ${tab.sheetId}; it may have been deleted ` +
      `(the spreadsheet has: ${namesOf(tabs)}).`,
  );
}

function spreadsheetIdOf(parameter: ReadParameter): string {
  const advice = 'Set Spreadsheet to its URL or its ID, or choose it from the list.';
  let id: unknown;
  try {
    id = parameter('spreadsheet', { extractValue: true });
  } catch {
    throw catalogFailure('invalid_setting', 'Spreadsheet is not the URL of a Google spreadsheet.', {
      advice,
    });
  }
  if (typeof id === 'string' && id.trim() !== '') return id.trim();
  throw catalogFailure('invalid_setting', 'No spreadsheet is chosen.', { advice });
}

/** A node that an older version saved has the tab's name as a plain text. */
function tabChoice(parameter: unknown): TabChoice {
  const mode = typeof parameter === 'string' ? 'name' : read(parameter, 'mode');
  const value = typeof parameter === 'string' ? parameter : read(parameter, 'value');
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') {
    throw catalogFailure('invalid_setting', 'No tab is chosen.', {
      advice: 'Set Tab to the tab of the spreadsheet that holds the catalog.',
    });
  }
  if (mode === 'name') return { name: text };
  if (/^\d{1,15}$/.test(text)) return { sheetId: Number(text) };
  throw catalogFailure('invalid_setting', 'The ID of a tab is a number.', {
    advice: 'It is the number after "gid=" in the address of the sheet. A name goes under By Name.',
  });
}
