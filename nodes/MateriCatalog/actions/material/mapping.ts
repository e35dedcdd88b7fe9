import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
  ResourceMapperTypeOptionsBase,
} from 'n8n-workflow';
import type { DirectOperation } from '../../../../core/index.ts';
import { read, readList } from '../../../shared/http/read.ts';
import { isObject } from '../../item/present.ts';
import { writeMappedToPortal } from '../../portal/mapped.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { writeItems } from '../../sheet/write.ts';
import { automaticValues, withoutPortals } from '../../item/automatic.ts';
import { dryRunOf, previousValues } from '../../item/changed.ts';
import type { Request, ValuesOf } from '../../item/values.ts';

/** The parameters of an operation that writes mapped columns. */
export function mappingParameters(
  operation: DirectOperation,
  mode: ResourceMapperTypeOptionsBase['mode'],
): INodeProperties[] {
  const show = { resource: ['material'], operation: [operation] };
  return [
    {
      displayName: 'Columns',
      name: 'columns',
      type: 'resourceMapper',
      noDataExpression: true,
      required: true,
      displayOptions: { show },
      default: { mappingMode: 'defineBelow', value: null },
      description:
        'A column left empty here keeps what the catalog has. Mapped automatically, an item is taken by its "material", or else by its fields, together with the analysis in its "result"; Update then writes the analysis alone.',
      typeOptions: {
        loadOptionsDependsOn: ['connectTo', 'spreadsheet.value', 'tab.value'],
        resourceMapper: {
          resourceMapperMethod: 'getColumns',
          mode,
          fieldWords: { singular: 'column', plural: 'columns' },
          addAllFields: true,
          multiKeyMatch: true,
          allowEmptyValues: true,
          hideNoDataError: true,
          refreshIncompleteSchemaOnOpen: true,
          refreshStaleSchemaOnOpen: true,
        },
      },
    },
    dryRunOf(operation),
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      displayOptions: { show },
      default: {},
      options: [
        extraFields,
        giveUpAfter,
        ...(operation === 'create' ? [] : [duplicates]),
        ...(operation === 'update' ? [unmatched] : []),
        previousValues,
        simplify,
      ],
    },
  ];
}

const duplicates: INodeProperties = {
  displayName: 'Items With the Same Key',
  name: 'duplicates',
  type: 'options',
  options: [
    {
      name: 'Join',
      value: 'join',
      description: 'They become one row, and of two values the later one is written',
    },
    {
      name: 'Refuse',
      value: 'refuse',
      description: 'All but the first are errors',
    },
  ],
  default: 'join',
  description: 'What to do with items that match the same row',
};

const extraFields: INodeProperties = {
  displayName: 'Extra Fields',
  name: 'extraFields',
  type: 'options',
  options: [
    {
      name: 'Refuse',
      value: 'refuse',
      description: 'The item is an error that names the field and the likely column',
    },
    { name: 'Ignore', value: 'ignore', description: 'The other fields are written' },
    {
      name: 'Add Column',
      value: 'add',
      description: 'The sheet gets a column with the name of the field',
      displayOptions: { show: { '/connectTo': ['sheet'] } },
    },
  ],
  default: 'refuse',
  description: 'What to do with a field of an item that is no column of the catalog',
};

const unmatched: INodeProperties = {
  displayName: 'Items Without a Match',
  name: 'unmatched',
  type: 'options',
  options: [
    { name: 'Create', value: 'create', description: 'The catalog gets a new material' },
    { name: 'Error', value: 'refuse', description: 'The item is an error' },
    {
      name: 'Skip',
      value: 'skip',
      description: 'The item goes on unchanged, with "skipped" as its change',
    },
  ],
  default: 'refuse',
  description: 'What to do with an item that matches no material',
};

/** Writes the mapped columns of all items to the sheet. */
export async function writeMapped(
  node: IExecuteFunctions,
  operation: DirectOperation,
): Promise<INodeExecutionData[][]> {
  return await writeItems(node, requestOf(node, operation), valuesOf(node));
}

/** Writes the mapped columns of all items through the portal. */
export async function writeMappedThroughPortal(
  node: IExecuteFunctions,
  operation: DirectOperation,
): Promise<INodeExecutionData[][]> {
  const values = valuesOf(node);
  return await writeMappedToPortal(node, requestOf(node, operation), (item, asked) =>
    isAutomatic(node, item) ? withoutPortals(values(item, asked)) : values(item, asked),
  );
}

function requestOf(node: IExecuteFunctions, operation: DirectOperation): () => Request {
  return () => {
    const options = node.getNodeParameter('options', 0, {});
    // Not by getNodeParameter: an expression that fails for one column is the fault of one item.
    const key = readList(node.getNode().parameters, 'columns', 'matchingColumns').map(String);
    const missing = read(options, 'unmatched');
    const extra = read(options, 'extraFields');
    return {
      operation: operation === 'update' && missing === 'create' ? 'createOrUpdate' : operation,
      ...(key.length === 0 ? {} : { key }),
      duplicates: read(options, 'duplicates') === 'refuse' ? 'refuse' : 'join',
      unmatched: missing === 'skip' ? 'skip' : 'refuse',
      extraFields: extra === 'ignore' || extra === 'add' ? extra : 'refuse',
    };
  };
}

function isAutomatic(node: IExecuteFunctions, item: number): boolean {
  const mapping = node.getNodeParameter('columns', item, {});
  return read(mapping, 'mappingMode') === 'autoMapInputData';
}

function valuesOf(node: IExecuteFunctions): ValuesOf {
  return (item, asked): IDataObject => {
    if (isAutomatic(node, item)) {
      return automaticValues(node.getInputData()[item]?.json ?? {}, asked);
    }
    const value = read(node.getNodeParameter('columns', item, {}), 'value');
    return isObject(value) ? value : {};
  };
}
