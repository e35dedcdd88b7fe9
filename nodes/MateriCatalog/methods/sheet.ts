import { NodeApiError, type ILoadOptionsFunctions, type INodeListSearchResult } from 'n8n-workflow';
import { visibleTabs } from '../../../core/index.ts';
import { googleCredential, requestGoogle } from '../../shared/google/request.ts';
import { read, readList, readText } from '../../shared/http/read.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';
import { accessInEditor, type SheetAccess } from '../sheet/access.ts';
import { explained } from '../sheet/explain.ts';

const SPREADSHEETS = "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false";

const SPREADSHEETS_A_PAGE = 100;

/** A spreadsheet has about ten tabs. In a longer list, people search by name. */
const MOST_TABS = 200;

/** The most characters of a search that are used. */
export const LONGEST_FILTER = 100;

/** The spreadsheets that are shared with the account, last changed first. */
export async function searchSpreadsheets(
  this: ILoadOptionsFunctions,
  filter = '',
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  const credential = googleCredential(this.getNodeParameter('authentication', 'serviceAccount'));
  try {
    const part = filter.slice(0, LONGEST_FILTER).replace(/[\\']/g, '\\$&');
    const body = await requestGoogle(this, credential, {
      service: 'www',
      method: 'GET',
      path: '/drive/v3/files',
      qs: {
        q: SPREADSHEETS + (part === '' ? '' : ` and name contains '${part}'`),
        fields: 'nextPageToken,files(id,name,webViewLink)',
        orderBy: 'modifiedTime desc',
        pageSize: SPREADSHEETS_A_PAGE,
        includeItemsFromAllDrives: true,
        supportsAllDrives: true,
        ...(paginationToken === undefined ? {} : { pageToken: paginationToken }),
      },
    });
    const next = readText(body, 'nextPageToken');
    return {
      results: readList(body, 'files').map((file) => ({
        name: readText(file, 'name'),
        value: readText(file, 'id'),
        url: readText(file, 'webViewLink'),
      })),
      ...(next === '' ? {} : { paginationToken: next }),
    };
  } catch (error) {
    throw shown(this, await explained({ node: this, credential, account: ACCOUNT }, error));
  }
}

/** The tabs of the spreadsheet, in their order, by a part of their name. */
export async function searchTabs(
  this: ILoadOptionsFunctions,
  filter = '',
): Promise<INodeListSearchResult> {
  if (!isChosen(this.getNodeParameter('spreadsheet', ''))) return { results: [] };
  const part = filter.slice(0, LONGEST_FILTER).toLowerCase();
  const tabs = await inEditor(this, ({ transport }) => transport.describe());
  const found = visibleTabs(tabs.tabs).filter(({ title }) => title.toLowerCase().includes(part));
  const results = found
    .slice(0, MOST_TABS)
    .map(({ title, sheetId }) => ({ name: title, value: String(sheetId) }));
  return { results };
}

/** Whether a resource locator, or the text of an older node, names anything. */
export function isChosen(parameter: unknown): boolean {
  const value = typeof parameter === 'object' ? read(parameter, 'value') : parameter;
  return value !== undefined && value !== null && value !== '';
}

/** @throws NodeApiError that says what to do */
export async function inEditor<T>(
  node: ILoadOptionsFunctions,
  work: (access: SheetAccess) => Promise<T>,
): Promise<T> {
  try {
    const access = accessInEditor(node);
    return await work(access).catch(
      async (error: unknown) =>
        await Promise.reject(await explained({ ...access, account: ACCOUNT }, error)),
    );
  } catch (error) {
    throw shown(node, error);
  }
}

/**
 * In a list, the editor shows only the message. The description is lost, because the error's class
 * comes from another copy of n8n-workflow than n8n's own.
 */
export function shown(node: ILoadOptionsFunctions, failure: unknown): NodeApiError {
  const advice = failure instanceof ItemFailure ? (failure.circumstances.advice ?? '') : '';
  const text = failure instanceof Error ? failure.message : String(failure);
  const message = `${text} ${advice}`.trim();
  return new NodeApiError(node.getNode(), { message }, { message });
}

/** The editor replaces each hyphen of the message with a blank, which spoils an e-mail address. */
const ACCOUNT = 'the Service Account Email of the credential';
