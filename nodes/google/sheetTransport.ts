import type { IAllExecuteFunctions } from 'n8n-workflow';
import {
  LAYOUT_FIELDS,
  parseLayout,
  tabRange,
  type CellValue,
  type PrepareTransport,
  type ValueRange,
} from '../../core/index.ts';
import { readCount, readList, readText } from '../http/read.ts';
import { requestGoogle, type GoogleCredential } from './request.ts';

/** The Sheets calls of `core/sheet` through n8n's own client. */
export function sheetTransport(
  node: IAllExecuteFunctions,
  credential: GoogleCredential,
  spreadsheetId: string,
): PrepareTransport {
  const path = `/v4/spreadsheets/${encodeURIComponent(spreadsheetId)}`;
  const service = 'sheets';
  return {
    async describe() {
      const body = await requestGoogle.call(node, credential, {
        ...{ service, path, method: 'GET' },
        qs: { fields: 'sheets.properties(sheetId,title),namedRanges.namedRangeId' },
      });
      return {
        tabs: readList(body, 'sheets').map((tab) => ({
          sheetId: readCount(tab, 'properties', 'sheetId'),
          title: readText(tab, 'properties', 'title'),
        })),
        namedRangeIds: readList(body, 'namedRanges').map((range) =>
          readText(range, 'namedRangeId'),
        ),
      };
    },

    async read(ranges, valueRenderOption = 'FORMULA') {
      const body = await requestGoogle.call(node, credential, {
        ...{ service, path: `${path}/values:batchGet`, method: 'GET' },
        qs: { ranges: [...ranges], valueRenderOption },
      });
      return readList(body, 'valueRanges').map((found): ValueRange => ({
        range: readText(found, 'range'),
        values: readList(found, 'values').map((row) => readList(row).map(cellOf)),
      }));
    },

    async layout(tab) {
      const body = await requestGoogle.call(node, credential, {
        ...{ service, path, method: 'GET' },
        qs: { ranges: [tabRange(tab)], fields: LAYOUT_FIELDS },
      });
      return parseLayout(body, tab);
    },

    async write(requests) {
      await requestGoogle.call(node, credential, {
        ...{ service, path: `${path}:batchUpdate`, method: 'POST' },
        qs: { fields: 'spreadsheetId' },
        body: { requests: requests.map((request) => ({ ...request })) },
      });
    },
  };
}

function cellOf(value: unknown): CellValue {
  return typeof value === 'number' || typeof value === 'boolean' ? value : String(value ?? '');
}
