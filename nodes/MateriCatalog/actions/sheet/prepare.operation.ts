import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';
import {
  COLUMNS,
  EDITABLE_FIELDS,
  inspectSheet,
  parseDecisions,
  preparationText,
  prepareSheet,
  type Preparation,
  type SheetToPrepare,
} from '../../../../core/index.ts';
import { readList, readText } from '../../../shared/http/read.ts';
import { itemError, nodeError } from '../../../shared/items/itemFailure.ts';
import { numberOption } from '../../../shared/items/parameters.ts';
import type { Execute } from '../execute.ts';
import { onSheet, type OpenSheet } from '../../sheet/onSheet.ts';
import { giveUpAfter } from '../../sheet/parameters.ts';

const shown = { resource: ['sheet'], operation: ['prepare'], connectTo: ['sheet'] };

const headerRow: INodeProperties = {
  displayName: 'Header Row',
  name: 'headerRow',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 1,
  description: 'The row that holds the headers, counted from 1. Leave it out to have it found.',
};

export const description: INodeProperties[] = [
  {
    displayName: 'Dry Run',
    name: 'dryRun',
    type: 'boolean',
    displayOptions: { show: shown },
    default: true,
    description:
      'Whether to only show what would change. Switched off, it is written; nothing that stands in the sheet is moved or overwritten.',
  },
  {
    displayName: 'Rename Headers',
    name: 'renames',
    type: 'fixedCollection',
    placeholder: 'Add Header',
    typeOptions: { multipleValues: true },
    displayOptions: { show: shown },
    default: {},
    description:
      'The column that is meant where the dry run asks. It gets the header of the catalog.',
    options: [
      {
        displayName: 'Header',
        name: 'headers',
        values: [
          {
            displayName: 'As It Stands',
            name: 'from',
            type: 'string',
            default: '',
            placeholder: 'e.g. Nama Bahan',
          },
          {
            displayName: 'Becomes',
            name: 'to',
            type: 'string',
            default: '',
            placeholder: 'e.g. MATERIAL_TITLE',
            description: 'A column of the catalog, or any other name for a further column',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: shown },
    default: {},
    options: [
      {
        displayName: 'Add Empty Columns',
        name: 'adds',
        type: 'multiOptions',
        options: EDITABLE_FIELDS.map((field) => ({
          name: COLUMNS[field].header,
          value: COLUMNS[field].header,
        })),
        default: [],
        description: 'Columns to add although another looks like them',
      },
      giveUpAfter,
      headerRow,
    ],
  },
];

export const execute: Execute = { sheet: prepare };

/** One item for all: what was found, and what would change or has been changed. */
async function prepare(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const pairedItem = [...node.getInputData().keys()].map((item) => ({ item }));
  try {
    const dryRun = node.getNodeParameter('dryRun', 0, true) !== false;
    const found = await onSheet(node, async (open) => {
      const sheet = sheetToPrepare(node, open);
      return dryRun ? await inspectSheet(sheet) : await prepareSheet(sheet);
    });
    return [[{ json: present(found, dryRun), pairedItem }]];
  } catch (error) {
    if (!node.continueOnFail()) throw nodeError(node.getNode(), error, 0);
    return [[{ json: { error: itemError(error) }, pairedItem }]];
  }
}

function sheetToPrepare(
  node: IExecuteFunctions,
  { transport, tab, host }: OpenSheet,
): SheetToPrepare {
  const options = node.getNodeParameter('options', 0, {});
  return {
    transport,
    tab,
    host,
    decisions: parseDecisions({
      headerRow: Object.hasOwn(options, 'headerRow')
        ? numberOption(node, headerRow, 0, 'invalid_setting')
        : undefined,
      renames: readList(node.getNodeParameter('renames', 0, {}), 'headers').map(
        (pair) => `${readText(pair, 'from')}=${readText(pair, 'to')}`,
      ),
      adds: readList(options, 'adds').map(String),
    }),
  };
}

function present(found: Preparation, dryRun: boolean): IDataObject {
  const { tab, headerRow, materials, hasChanges, layout } = found;
  const text = preparationText(found, {
    rename: (header, name) => `Rename Headers: "${header}" → "${name}"`,
    add: (name) => `Options, Add Empty Columns: ${name}`,
  });
  return {
    tab,
    dryRun,
    hasChanges,
    headerRow,
    materials,
    text,
    columns: found.columns.map((column) => ({ ...column })),
    furtherColumns: found.others.map(({ name }) => name),
    renames: found.renames.map((rename) => ({ ...rename })),
    questions: found.questions.map(({ kind, field, candidates }) => ({
      kind,
      field,
      candidates: candidates.map((candidate) => ({ ...candidate })),
    })),
    rowsThatGetAnId: [...found.idRows],
    rowsWithACopiedId: [...found.copiedIdRows],
    ...(found.rowsWithoutId.length === 0 ? {} : { rowsWithoutId: [...found.rowsWithoutId] }),
    frozenRows: layout.freeze === null ? null : { ...layout.freeze },
    dropDowns: layout.dropDowns.map(({ field, state }) => ({ field, state })),
    problems: found.problems.map((problem) => ({ ...problem })),
  };
}
