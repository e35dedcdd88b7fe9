import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
  ResourceMapperTypeOptionsBase,
} from 'n8n-workflow';
import type { DirectOperation } from '../../../../core/index.ts';
import { read, readList } from '../../../http/read.ts';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { isObject } from '../../sheet/present.ts';
import { automaticValues } from './automatic.ts';
import { previousValues, writeItems, type Request } from './writing.ts';

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
    'A column left empty here keeps what the sheet has. Mapped automatically, an item is taken by its "material", or else by its fields, together with the analysis in its "result"; Update then writes the analysis alone.',
  typeOptions: {
    loadOptionsDependsOn: ['spreadsheet.value', 'tab.value'],
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
      giveUpAfter,
      {
        displayName: 'Items With the Same Key',
        name: 'duplicates',
        type: 'options',
        displayOptions: { hide: { '/operation': ['create'] } },
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
      },
      previousValues,
      simplify,
    ],
  },
];

/** Creates, updates, or creates or updates the rows of all items. */
export async function execute(node: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  const request = (): Request => {
    const found = node.getNodeParameter('operation', 0);
    const options = node.getNodeParameter('options', 0, {});
    // Not by getNodeParameter: an expression that fails for one column is the fault of one item.
    const key = readList(node.getNode().parameters, 'columns', 'matchingColumns').map(String);
    return {
      operation: OPERATIONS.find((known) => known === found) ?? 'create',
      ...(key.length === 0 ? {} : { key }),
      duplicates: read(options, 'duplicates') === 'refuse' ? 'refuse' : 'join',
    };
  };
  return await writeItems(node, request, (item, asked): IDataObject => {
    const mapping = node.getNodeParameter('columns', item, {});
    if (read(mapping, 'mappingMode') === 'autoMapInputData') {
      return automaticValues(node.getInputData()[item]?.json ?? {}, asked);
    }
    const value = read(mapping, 'value');
    return isObject(value) ? value : {};
  });
}
