import type { INodeProperties } from 'n8n-workflow';

const shown = { connectTo: ['sheet'] };

const SPREADSHEET_URL = 'https://docs\\.google\\.com/spreadsheets/d/([a-zA-Z0-9_-]+)';

/** How and to which sheet the node connects. */
export const connectParameters: INodeProperties[] = [
  {
    displayName: 'Connect To',
    name: 'connectTo',
    type: 'options',
    noDataExpression: true,
    options: [
      {
        name: 'Portal',
        value: 'portal',
        description: 'Through the portal, which keeps the catalog and its sheet in step',
      },
      {
        name: 'Google Sheet',
        value: 'sheet',
        description: 'The sheet itself, without a portal',
      },
    ],
    default: 'portal',
  },
  {
    displayName: 'Authentication',
    name: 'authentication',
    type: 'options',
    // Not `show`: n8n's editor hides every parameter by which one for the credentials is shown.
    displayOptions: { hide: { connectTo: ['portal'] } },
    options: [
      { name: 'Service Account', value: 'serviceAccount' },
      { name: 'OAuth2', value: 'oAuth2' },
    ],
    default: 'serviceAccount',
  },
];

/**
 * IDs have no `validation`: n8n gives each regular expression 250 ms before every run. On a busy
 * machine that fails a run whose ID is right. Google and the node check IDs instead.
 */
export const sheetParameters: INodeProperties[] = [
  {
    displayName: 'Spreadsheet',
    name: 'spreadsheet',
    type: 'resourceLocator',
    required: true,
    displayOptions: { show: shown },
    default: { mode: 'list', value: '' },
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: 'searchSpreadsheets', searchable: true },
      },
      {
        displayName: 'By URL',
        name: 'url',
        type: 'string',
        placeholder: 'https://docs.google.com/spreadsheets/d/…/edit',
        extractValue: { type: 'regex', regex: SPREADSHEET_URL },
        validation: [
          {
            type: 'regex',
            properties: {
              regex: `${SPREADSHEET_URL}.*`,
              errorMessage: 'Not the URL of a spreadsheet',
            },
          },
        ],
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
      },
    ],
  },
  {
    displayName: 'Tab',
    name: 'tab',
    type: 'resourceLocator',
    required: true,
    typeOptions: { loadOptionsDependsOn: ['spreadsheet.value'] },
    displayOptions: { show: shown },
    default: { mode: 'list', value: '' },
    description:
      'The tab that holds the catalog. Chosen from the list or by its ID, it is found also after people renamed it.',
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        typeOptions: { searchListMethod: 'searchTabs', searchable: true },
      },
      {
        displayName: 'By Name',
        name: 'name',
        type: 'string',
        placeholder: 'e.g. Katalog 2026',
      },
      {
        displayName: 'By ID',
        name: 'id',
        type: 'string',
        placeholder: 'e.g. 0',
        hint: 'The number after "gid=" in the address of the sheet',
      },
    ],
  },
];

/** An option of every operation. */
export const giveUpAfter: INodeProperties = {
  displayName: 'Give Up After (Seconds)',
  name: 'giveUpAfter',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 120,
  description: 'How long to try again while the portal or Google is busy or does not answer',
};

/** A parameter of operations that return materials. */
export const simplify: INodeProperties = {
  displayName: 'Simplify',
  name: 'simple',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
  hint: 'On, every column of the material is a field of the item, as tables show it. Off, they are in its field "material", as Materi Gemini reads them.',
};
