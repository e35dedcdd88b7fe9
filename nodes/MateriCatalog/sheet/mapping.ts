import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
  ResourceMapperTypeOptionsBase,
} from 'n8n-workflow';
import type { DirectOperation } from '../../../core/index.ts';
import { read, readList } from '../../shared/http/read.ts';
import { isObject } from '../item/present.ts';
import { automaticValues } from './automatic.ts';
import { giveUpAfter, simplify } from './parameters.ts';
import { previousValues, writeItems, type Request } from './write.ts';

/** The parameters of an operation that writes mapped columns. */
export function mappingParameters(
  operation: DirectOperation,
  mode: ResourceMapperTypeOptionsBase['mode'],
): INodeProperties[] {
  const show = { resource: ['material'], operation: [operation], connectTo: ['sheet'] };
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
    },
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      displayOptions: { show },
      default: {},
      options: [
        giveUpAfter,
        ...(operation === 'create' ? [] : [duplicates]),
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

/** Writes the mapped columns of all items. */
export async function writeMapped(
  node: IExecuteFunctions,
  operation: DirectOperation,
): Promise<INodeExecutionData[][]> {
  const request = (): Request => {
    const options = node.getNodeParameter('options', 0, {});
    // Not by getNodeParameter: an expression that fails for one column is the fault of one item.
    const key = readList(node.getNode().parameters, 'columns', 'matchingColumns').map(String);
    return {
      operation,
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
