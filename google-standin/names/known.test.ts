import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { startGoogle, type GoogleStandIn } from '../index.ts';
import { generated, namesFile } from './generate.ts';
import { sheetsNames } from './index.ts';
import { serviceAccountAuth } from '../../test/harness/google/clients.ts';
import { makeSpreadsheet } from '../../test/harness/google/controls.ts';

/**
 * "501, never a guess": a name that Google knows and the stand-in lacks is 501. A name that Google
 * does not know is Google's 400.
 */

let google: GoogleStandIn;
let id: string;
let authorization: string;

beforeAll(async () => {
  google = await startGoogle();
  const headers = await serviceAccountAuth(google).getRequestHeaders();
  authorization = headers.get('authorization') ?? '';
  id = await makeSpreadsheet(google, [{ title: 'Sheet1', rowCount: 20, columnCount: 10 }]);
});
afterAll(() => google.close());

const answerSchema = z.object({ error: z.object({ message: z.string() }) });

/** The status and the error's text. */
async function send(verb: string, path: string, body?: unknown) {
  const response = await fetch(`${google.url}${path}`, {
    method: verb,
    headers: { authorization },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const error = z.safeParse(answerSchema, await response.json());
  return { status: response.status, message: error.data?.error.message };
}

const lacking = {
  status: 501,
  message: expect.stringContaining('The stand-in for Google does not implement'),
};
const unknown = (name: string) => ({
  status: 400,
  message: expect.stringContaining(`Unknown name "${name}"`),
});

it.each(generated)('$file has the names of the installed googleapis', async (one) => {
  const written = readFileSync(`${import.meta.dirname}/${one.file}`, 'utf8');
  expect(written).toBe(await namesFile(one.api, one.roots));
});

type Json = Readonly<Record<string, unknown>>;

const range = {
  sheetId: 0,
  startRowIndex: 0,
  endRowIndex: 2,
  startColumnIndex: 0,
  endColumnIndex: 2,
};
const lines = { sheetId: 0, dimension: 'ROWS', startIndex: 1, endIndex: 2 };
const rule = { condition: { type: 'ONE_OF_LIST', values: [{ userEnteredValue: 'x' }] } };
const protectedRange = { protectedRangeId: 5, range, unprotectedRanges: [range], editors: {} };
const criteria = { hiddenValues: ['x'], condition: { type: 'BLANK', values: [{}] } };
const filter = {
  range,
  criteria: { 0: criteria },
  filterSpecs: [{ columnIndex: 0, filterCriteria: criteria }],
  sortSpecs: [{ dimensionIndex: 0 }],
};
const look = { gridProperties: {}, tabColor: {}, tabColorStyle: { rgbColor: {} } };

/** Of each request that the stand-in implements one that has all its messages. */
const implemented: Readonly<Record<string, Json>> = {
  addSheet: { properties: look },
  updateSheetProperties: { properties: look, fields: 'title' },
  deleteSheet: { sheetId: 0 },
  updateCells: {
    rows: [{ values: [{ userEnteredValue: {}, userEnteredFormat: {} }] }],
    fields: '*',
    start: {},
    range,
  },
  insertDimension: { range: lines },
  deleteDimension: { range: lines },
  appendDimension: { sheetId: 0, dimension: 'ROWS', length: 1 },
  moveDimension: { source: lines, destinationIndex: 0 },
  deleteRange: { range, shiftDimension: 'ROWS' },
  sortRange: { range, sortSpecs: [{ dimensionIndex: 0 }] },
  duplicateSheet: { sourceSheetId: 0 },
  updateSpreadsheetProperties: { properties: { title: 'A' }, fields: '*' },
  copyPaste: { source: range, destination: range },
  setDataValidation: { range, rule },
  addNamedRange: { namedRange: { name: 'a', range } },
  deleteNamedRange: { namedRangeId: 'a' },
  addProtectedRange: { protectedRange },
  updateProtectedRange: { protectedRange, fields: 'description' },
  deleteProtectedRange: { protectedRangeId: 5 },
  setBasicFilter: { filter },
  clearBasicFilter: { sheetId: 0 },
  addFilterView: { filter: { ...filter, title: 'a' } },
  deleteFilterView: { filterId: 5 },
  addSlicer: { slicer: { spec: { dataRange: range }, position: {} } },
  deleteEmbeddedObject: { objectId: 5 },
  mergeCells: { range, mergeType: 'MERGE_ALL' },
  unmergeCells: { range },
  updateDimensionProperties: { range: lines, properties: {}, fields: 'hiddenByUser' },
  addDimensionGroup: { range: lines },
  deleteDimensionGroup: { range: lines },
  updateDimensionGroup: { dimensionGroup: { range: lines, depth: 1 }, fields: 'collapsed' },
};

/** Of each of their messages the fields that the stand-in implements. */
const fieldsOf: Readonly<Record<string, string>> = {
  AddSheetRequest: 'properties',
  UpdateSheetPropertiesRequest: 'properties fields',
  SheetProperties:
    'sheetId title index sheetType hidden rightToLeft tabColor tabColorStyle gridProperties',
  GridProperties:
    'rowCount columnCount frozenRowCount frozenColumnCount hideGridlines rowGroupControlAfter columnGroupControlAfter',
  Color: 'red green blue',
  ColorStyle: 'rgbColor',
  DeleteSheetRequest: 'sheetId',
  UpdateCellsRequest: 'rows fields start range',
  RowData: 'values',
  // Of these four Google takes no notice either: they are read-only.
  CellData:
    'userEnteredValue userEnteredFormat effectiveValue effectiveFormat formattedValue hyperlink',
  ExtendedValue: 'stringValue numberValue boolValue formulaValue',
  CellFormat: 'numberFormat',
  NumberFormat: 'type pattern',
  GridCoordinate: 'sheetId rowIndex columnIndex',
  GridRange: 'sheetId startRowIndex endRowIndex startColumnIndex endColumnIndex',
  DimensionRange: 'sheetId dimension startIndex endIndex',
  InsertDimensionRequest: 'range inheritFromBefore',
  DeleteDimensionRequest: 'range',
  AppendDimensionRequest: 'sheetId dimension length',
  MoveDimensionRequest: 'source destinationIndex',
  DeleteRangeRequest: 'range shiftDimension',
  SortRangeRequest: 'range sortSpecs',
  SortSpec: 'dimensionIndex sortOrder',
  DuplicateSheetRequest: 'sourceSheetId insertSheetIndex newSheetId newSheetName',
  UpdateSpreadsheetPropertiesRequest: 'properties fields',
  SpreadsheetProperties: 'title',
  CopyPasteRequest: 'source destination pasteType pasteOrientation',
  SetDataValidationRequest: 'range rule filteredRowsIncluded',
  DataValidationRule: 'condition inputMessage strict showCustomUi',
  BooleanCondition: 'type values',
  ConditionValue: 'userEnteredValue',
  AddNamedRangeRequest: 'namedRange',
  NamedRange: 'namedRangeId name range',
  DeleteNamedRangeRequest: 'namedRangeId',
  AddProtectedRangeRequest: 'protectedRange',
  UpdateProtectedRangeRequest: 'protectedRange fields',
  ProtectedRange:
    'protectedRangeId range description warningOnly requestingUserCanEdit editors unprotectedRanges namedRangeId tableId',
  Editors: 'users groups domainUsersCanEdit',
  DeleteProtectedRangeRequest: 'protectedRangeId',
  SetBasicFilterRequest: 'filter',
  ClearBasicFilterRequest: 'sheetId',
  AddFilterViewRequest: 'filter',
  DeleteFilterViewRequest: 'filterId',
  BasicFilter: 'range criteria filterSpecs sortSpecs',
  FilterView: 'range criteria filterSpecs sortSpecs filterViewId title',
  FilterSpec: 'columnIndex filterCriteria',
  FilterCriteria: 'hiddenValues condition',
  AddSlicerRequest: 'slicer',
  Slicer: 'slicerId spec position',
  // Kept as they are given, without a meaning.
  SlicerSpec:
    'dataRange filterCriteria columnIndex applyToPivotTables title textFormat backgroundColor backgroundColorStyle horizontalAlignment',
  EmbeddedObjectPosition: 'sheetId overlayPosition newSheet',
  DeleteEmbeddedObjectRequest: 'objectId',
  MergeCellsRequest: 'range mergeType',
  UnmergeCellsRequest: 'range',
  UpdateDimensionPropertiesRequest: 'range properties fields',
  DimensionProperties: 'hiddenByUser hiddenByFilter pixelSize',
  AddDimensionGroupRequest: 'range',
  DeleteDimensionGroupRequest: 'range',
  UpdateDimensionGroupRequest: 'dimensionGroup fields',
  DimensionGroup: 'range depth collapsed',
};

interface Case {
  readonly path: string;
  readonly body: Json;
}

const isMessage = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The message once with each field that Google knows and the stand-in lacks, also further down. */
function withLacking(message: string, base: Json, path: string): Case[] {
  const ours = (fieldsOf[message] ?? '').split(' ');
  return [...sheetsNames.fieldsOf(message)].flatMap(([name, { type, shape }]): Case[] => {
    const here = `${path}.${name}`;
    const below = base[name];
    if (!ours.includes(name)) {
      const one = type && type !== 'any' ? {} : 'x';
      const value = shape === 'list' ? [one] : shape === 'map' ? { a: one } : one;
      return [{ path: here, body: { ...base, [name]: value } }];
    }
    if (type === undefined || type === 'any') return [];
    const first: unknown = isMessage(below) ? Object.values(below)[0] : undefined;
    const inner: unknown = Array.isArray(below) || shape === 'map' ? first : below;
    if (!isMessage(inner)) return [];
    return withLacking(type, inner, here).map((found) => {
      const value = Array.isArray(below)
        ? [found.body]
        : shape === 'map'
          ? { 0: found.body }
          : found.body;
      return { path: found.path, body: { ...base, [name]: value } };
    });
  });
}

const requests = [...sheetsNames.fieldsOf('Request')];
const batchUpdate = (request: Json) =>
  send('POST', `/v4/spreadsheets/${id}:batchUpdate`, { requests: [request] });

describe('spreadsheets.batchUpdate', () => {
  const others = requests.map(([kind]) => kind).filter((kind) => !(kind in implemented));

  it('answers 501 for each request that it lacks', async () => {
    expect(others.length).toBeGreaterThan(30);
    for (const kind of others) {
      expect({ kind, ...(await batchUpdate({ [kind]: {} })) }).toEqual({ kind, ...lacking });
    }
  });

  it.each(Object.entries(implemented))(
    'answers 501 for each field of %s that it lacks, 400 for one that Google does not know',
    async (kind, base) => {
      const message = sheetsNames.fieldsOf('Request').get(kind)?.type ?? '';
      for (const { path, body } of withLacking(message, base, kind)) {
        expect({ path, ...(await batchUpdate({ [kind]: body })) }).toEqual({ path, ...lacking });
      }
      const misspelt = { [kind]: { ...base, tidakAda: 1 } };
      expect(await batchUpdate(misspelt)).toEqual(unknown('tidakAda'));
    },
  );

  it('refuses an unknown name anywhere before it says what it lacks', async () => {
    expect(await batchUpdate({ hapusSemua: {} })).toEqual(unknown('hapusSemua'));
    expect(await batchUpdate({ addChart: { chart: { spec: { judul: 'x' } } } })).toEqual({
      status: 400,
      message: `Invalid JSON payload received. Unknown name "judul" at 'requests[0].add_chart.chart.spec': Cannot find field.`,
    });
    expect(await batchUpdate({ deleteSheet: { sheetId: [1] } })).toEqual({
      status: 400,
      message: `Invalid JSON payload received. Unknown name "sheetId" at 'requests[0].delete_sheet': Proto field is not repeating, cannot start list.`,
    });
    expect(await batchUpdate({ deleteSheet: 'x' })).toEqual({
      status: 400,
      message: `Invalid value at 'requests[0].delete_sheet' (type.googleapis.com/google.apps.sheets.v4.DeleteSheetRequest), "x"`,
    });
  });

  it('takes names as the protocol buffer has them, and lists of one without brackets', async () => {
    const request = { add_sheet: { properties: { title: 'Baru', sheet_id: 9 } } };
    const body = { requests: request };
    expect((await send('POST', `/v4/spreadsheets/${id}:batchUpdate`, body)).status).toBe(200);
  });

  it.each([
    ['updateSheetProperties', { properties: {} }, 'SheetProperties'],
    ['updateSpreadsheetProperties', { properties: {} }, 'SpreadsheetProperties'],
    ['updateCells', { range }, 'CellData'],
    ['updateProtectedRange', { protectedRange: { protectedRangeId: 5 } }, 'ProtectedRange'],
  ])(
    'answers 501 for the fields that the mask of %s may name and it lacks',
    async (kind, base, message) => {
      const protect = { addProtectedRange: { protectedRange: { protectedRangeId: 5, range } } };
      await batchUpdate(protect);
      const writable: Readonly<Record<string, string>> = {
        SheetProperties: 'title index hidden rightToLeft tabColor tabColorStyle gridProperties',
        SpreadsheetProperties: 'title',
        CellData: 'userEnteredValue userEnteredFormat',
        ProtectedRange: 'range description warningOnly editors unprotectedRanges',
      };
      for (const name of sheetsNames.fieldsOf(message).keys()) {
        if ((writable[message] ?? '').split(' ').includes(name)) continue;
        const result = await batchUpdate({ [kind]: { ...base, fields: name } });
        expect({ name, ...result }).toEqual({ name, ...lacking });
      }
      expect(await batchUpdate({ [kind]: { ...base, fields: 'tidakAda' } })).toEqual({
        status: 400,
        message: `Invalid requests[0].${kind}: Invalid field: tidak_ada`,
      });
    },
  );
});

describe('the other methods', () => {
  const spreadsheet = () => `/v4/spreadsheets/${id}`;

  // n8n's Google Sheets node sends both.
  it('take a body that repeats what the path says', async () => {
    const clear = { spreadsheetId: id, range: 'A1:B1' };
    const answered = await send('POST', `${spreadsheet()}/values/A1:B1:clear`, clear);
    expect(answered.status).toBe(200);
  });

  const put = (query: string) => send('PUT', `${spreadsheet()}/values/A1?${query}`, {});

  it('answer 501 for a parameter that the stand-in lacks', async () => {
    expect(await send('GET', `${spreadsheet()}?commentsViewMode=x`)).toEqual(lacking);
    expect(await send('GET', `${spreadsheet()}?alt=media`)).toEqual(lacking);
    expect(await send('GET', `${spreadsheet()}?callback=x`)).toEqual(lacking);
    expect(await send('GET', '/drive/v3/files?alt=media')).toEqual(lacking);
  });

  it('answer 400 for a parameter that Google does not know', async () => {
    expect(await put('valueInputOption=RAW&tidakAda=1')).toEqual(unknown('tidakAda'));
  });

  it('answer 400 for a field of the mask that Google does not know', async () => {
    const invalid = { status: 400, message: 'Request contains an invalid argument.' };
    expect(await send('GET', `${spreadsheet()}?fields=sheets.sheetProperties`)).toEqual(invalid);
    expect(await send('GET', `${spreadsheet()}/values/A1?fields=nilai`)).toEqual(invalid);
    expect(await send('GET', `${spreadsheet()}?fields=__proto__(toString)`)).toEqual(invalid);
  });

  it('answer 501 for a field of the mask that the stand-in lacks', async () => {
    const get = (fields: string) => send('GET', `${spreadsheet()}?fields=${fields}`);
    expect(await get('properties(title,defaultFormat)')).toEqual(lacking);
    expect(await get('properties.spreadsheetTheme.primaryFontFamily')).toEqual(lacking);
    expect(await get('sheets.data.rowData.values.effectiveFormat.padding')).toEqual(lacking);
    expect(await get('sheets.data.rowData.values.effectiveFormat')).toEqual(lacking);
    expect(await get('spreadsheet_id')).toEqual(lacking);
  });

  it('answer 501 for a field of the body that the stand-in lacks', async () => {
    const filter = { dataFilters: [{ developerMetadataLookup: {} }] };
    expect(await send('POST', `${spreadsheet()}:getByDataFilter`, filter)).toEqual(lacking);
    const create = (body: object) => send('POST', '/v4/spreadsheets', body);
    expect(await create({ sheets: [{ data: [] }] })).toEqual(lacking);
    expect(await create({ sheets: [{ properties: { sheetId: 5 } }] })).toEqual(lacking);
    expect(await create({ properties: { locale: 'id_ID' } })).toEqual(lacking);
    expect(await create({ properties: { judul: 'x' } })).toEqual(unknown('judul'));
  });

  it('answer 501 where the stand-in has no such method', async () => {
    expect(await send('POST', `${spreadsheet()}/sheets/0:copyTo`, {})).toEqual(lacking);
    expect(await send('POST', `${spreadsheet()}/values:batchGetByDataFilter`, {})).toEqual(lacking);
    expect(await send('POST', '/drive/v3/files', {})).toEqual(lacking);
    expect(await send('PATCH', '/drive/v3/files/x', {})).toEqual(lacking);
  });
});
