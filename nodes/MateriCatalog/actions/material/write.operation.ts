import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
  ResourceMapperTypeOptionsBase,
} from 'n8n-workflow';
import {
  DirectRefusal,
  writeMaterials,
  type DirectOperation,
  type DirectResult,
} from '../../../../core/index.ts';
import { read, readList } from '../../../http/read.ts';
import { eachItem } from '../../../items/eachItem.ts';
import { JobFailed, nodeError } from '../../../items/jobFailed.ts';
import { hostOfNode, sheetOfNode } from '../../sheet/open.ts';
import { giveUpAfter } from '../../sheet/parameters.ts';
import { presentRow } from '../../sheet/present.ts';
import { sheetFailure } from '../../sheet/refusals.ts';

const OPERATIONS = ['create', 'createOrUpdate', 'update'] as const;

const columns = (
  operation: DirectOperation,
  mode: ResourceMapperTypeOptionsBase['mode'],
): INodeProperties => ({
  displayName: 'Columns',
  name: 'columns',
  type: 'resourceMapper',
  noDataExpression: true,
  required: true,
  displayOptions: {
    show: { resource: ['material'], operation: [operation], connectTo: ['sheet'] },
  },
  default: { mappingMode: 'defineBelow', value: null },
  description:
    'A name that the sheet does not have is refused. Mapped automatically, the material of an item is taken where it has one.',
  typeOptions: {
    loadOptionsDependsOn: ['spreadsheet.value', 'tab'],
    resourceMapper: {
      resourceMapperMethod: 'getColumns',
      mode,
      fieldWords: { singular: 'column', plural: 'columns' },
      addAllFields: false,
      multiKeyMatch: true,
      allowEmptyValues: true,
    },
  },
});

export const description: INodeProperties[] = [
  columns('create', 'add'),
  columns('createOrUpdate', 'upsert'),
  columns('update', 'update'),
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: {
      show: { resource: ['material'], operation: [...OPERATIONS], connectTo: ['sheet'] },
    },
    default: {},
    options: [
      {
        displayName: 'Items With the Same Key',
        name: 'duplicates',
        type: 'options',
        options: [
          {
            name: 'Join',
            value: 'join',
            description: 'They become one row; of two values the later item has it',
          },
          {
            name: 'Refuse',
            value: 'refuse',
            description: 'All but the first are errors',
          },
        ],
        default: 'join',
        description: 'What to do with items that match the same row',
      },
      giveUpAfter,
      {
        displayName: 'Previous Values',
        name: 'previousValues',
        type: 'boolean',
        default: true,
        description: 'Whether to add what stood in the cells that were written, as "before"',
      },
    ],
  },
];

/**
 * Writes all items in one batch, confirms it, and adds to each item `material` as it is now,
 * `change` (created, updated, unchanged), `before`, and what was not written: `formulas`,
 * `conflicts`.
 */
export async function execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const results = await resultsOf.call(this);
  const withBefore = read(this.getNodeParameter('options', 0, {}), 'previousValues') !== false;
  return await eachItem.call(this, 1, (item) => {
    const came = this.getInputData()[item]?.json ?? {};
    return Promise.resolve({ ...came, ...outputOf(results[item], withBefore) });
  });
}

async function resultsOf(this: IExecuteFunctions): Promise<DirectResult[]> {
  const found = this.getNodeParameter('operation', 0);
  const operation = OPERATIONS.find((known) => known === found) ?? 'create';
  const first = this.getNodeParameter('columns', 0, {});
  const key = readList(first, 'matchingColumns').map(String);
  const options = this.getNodeParameter('options', 0, {});
  const request = {
    operation,
    items: this.getInputData().map((_, item) => valuesOf.call(this, item)),
    ...(key.length === 0 ? {} : { key }),
    duplicates: read(options, 'duplicates') === 'refuse' ? 'refuse' : 'join',
  } as const;
  const lenient = this.continueOnFail();
  try {
    const sheet = sheetOfNode.call(this);
    return await writeMaterials(sheet, request, hostOfNode.call(this), { lenient });
  } catch (error) {
    const item = error instanceof DirectRefusal ? error.item : 0;
    const failure = sheetFailure(error instanceof DirectRefusal ? error.refusal : error);
    if (!lenient) throw nodeError(this.getNode(), failure, item);
    const message = failure instanceof Error ? failure.message : String(failure);
    const cause = failure instanceof Error ? failure : new Error(message);
    return request.items.map(() => ({ kind: 'failed', message, cause }));
  }
}

/** What one item asks for, by column. */
function valuesOf(this: IExecuteFunctions, item: number): IDataObject {
  const mapping = this.getNodeParameter('columns', item, {});
  if (read(mapping, 'mappingMode') === 'autoMapInputData') {
    const json = this.getInputData()[item]?.json ?? {};
    const { material } = json;
    return isObject(material) ? flat(material) : flat(json);
  }
  const value = read(mapping, 'value');
  return isObject(value) ? value : {};
}

/** What a material has beside the columns that workflows may write. */
const OF_THE_CATALOG = ['metadata', 'createdAt', 'updatedAt', 'rowNumber'];

/** A material as this node gives it, as the columns that it is written to. */
function flat(material: IDataObject): IDataObject {
  const { metadata } = material;
  const fields = Object.entries(material).filter(([name]) => !OF_THE_CATALOG.includes(name));
  return { ...Object.fromEntries(fields), ...(isObject(metadata) ? metadata : {}) };
}

function outputOf(result: DirectResult | undefined, withBefore: boolean): IDataObject {
  if (result === undefined) throw new Error('The item has no result.');
  if (result.kind === 'refused') {
    throw new JobFailed('workflow_error', result.message, { retryable: false });
  }
  if (result.kind === 'failed') throw sheetFailure(result.cause);
  const { kind, id, row, before, formulas, conflicts } = result;
  return {
    material: row === null ? { id } : presentRow(row),
    change: kind,
    ...(withBefore ? { before: { ...before } } : {}),
    ...(formulas.length === 0 ? {} : { formulas: [...formulas] }),
    ...(conflicts.length === 0 ? {} : { conflicts: conflicts.map((one) => ({ ...one })) }),
  };
}

function isObject(value: unknown): value is IDataObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
