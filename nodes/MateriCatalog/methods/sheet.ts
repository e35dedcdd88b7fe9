import {
  NodeApiError,
  type ILoadOptionsFunctions,
  type INodeListSearchResult,
  type INodePropertyOptions,
  type ResourceMapperField,
  type ResourceMapperFields,
} from 'n8n-workflow';
import { CARBON_TAB, COLUMNS, fieldNamed } from '../../../core/index.ts';
import { googleCredential, requestGoogle } from '../../google/request.ts';
import { sheetTransport } from '../../google/sheetTransport.ts';
import { readList, readText } from '../../http/read.ts';
import { catalogSheet } from '../sheet/open.ts';

const SPREADSHEETS = "mimeType = 'application/vnd.google-apps.spreadsheet' and trashed = false";

/** The spreadsheets that are shared with the account, last changed first. */
export async function searchSpreadsheets(
  this: ILoadOptionsFunctions,
  filter?: string,
  paginationToken?: string,
): Promise<INodeListSearchResult> {
  return await shown(this, async () => {
    const named = filter ? ` and name contains '${filter.replace(/[\\']/g, '\\$&')}'` : '';
    const body = await requestGoogle.call(this, credentialOf.call(this), {
      ...{ service: 'www', method: 'GET', path: '/drive/v3/files' },
      qs: {
        q: SPREADSHEETS + named,
        fields: 'nextPageToken,files(id,name,webViewLink)',
        orderBy: 'modifiedTime desc',
        pageSize: 100,
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
  });
}

export async function getTabs(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
  return await shown(this, async () => {
    const id = spreadsheetOf.call(this);
    if (id === '') return [];
    const { tabs } = await sheetTransport(this, credentialOf.call(this), id).describe();
    return tabs
      .filter(({ title }) => title !== CARBON_TAB)
      .map(({ title }) => ({ name: title, value: title }));
  });
}

/** The sheet's columns by the headers that stand there. */
export async function getColumns(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
  return await shown(this, async () => {
    const tab = this.getNodeParameter('tab', '');
    const sheet = catalogSheet(this, credentialOf.call(this), spreadsheetOf.call(this), tab);
    const { header, rows } = await sheet.read();
    const standing = (header === null ? [] : (rows[header.row] ?? [])).map(String);
    const texts =
      header === null ? Object.values(COLUMNS).map((column) => column.header) : standing;
    const operation = this.getNodeParameter('operation', '');
    const fields = texts.flatMap((text): ResourceMapperField[] => {
      const field = fieldNamed(text);
      if (text.trim() === '' || field === 'updatedAt') return [];
      if (field === 'id' && operation === 'create') return [];
      return [
        {
          id: text.trim(),
          displayName: text.trim(),
          required: field === 'title' && operation === 'create',
          defaultMatch: field === 'id',
          canBeUsedToMatch: true,
          display: true,
          type: 'string',
        },
      ];
    });
    return { fields };
  });
}

function credentialOf(this: ILoadOptionsFunctions): ReturnType<typeof googleCredential> {
  return googleCredential(this.getNodeParameter('authentication', 'serviceAccount'));
}

function spreadsheetOf(this: ILoadOptionsFunctions): string {
  const id = this.getNodeParameter('spreadsheet', '', { extractValue: true });
  return typeof id === 'string' ? id : '';
}

/** What goes wrong is shown beside the list in the editor. */
async function shown<T>(node: ILoadOptionsFunctions, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new NodeApiError(node.getNode(), { message }, { message });
  }
}
