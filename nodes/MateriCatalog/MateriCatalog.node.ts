import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { materialOperations, materialParameters } from './actions/material/index.ts';
import { router } from './actions/router.ts';
import { preparingParameters, sheetOperations } from './actions/sheet/index.ts';
import { googleCredentialTest, portalCredentialTest } from '../shared/credentialTests/index.ts';
import { getColumns } from './methods/columns.ts';
import { searchMaterials } from './methods/materials.ts';
import { searchSpreadsheets, searchTabs } from './methods/sheet.ts';
import { loadOptions } from './methods/values.ts';
import { connectParameters, sheetParameters } from './sheet/parameters.ts';

export class MateriCatalog implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Materi Catalog',
    name: 'materiCatalog',
    icon: { light: 'file:materiCatalog.svg', dark: 'file:materiCatalog.dark.svg' },
    group: ['input'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description:
      'Reads and writes the catalog of learning materials, through the Materi portal or in its Google Sheet',
    defaults: { name: 'Materi Catalog' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [
      {
        name: 'materiPortalApi',
        required: true,
        testedBy: 'portalCredentialTest',
        displayOptions: { show: { connectTo: ['portal'] } },
      },
      {
        name: 'materiGoogleServiceAccountApi',
        required: true,
        testedBy: 'googleCredentialTest',
        displayOptions: { show: { connectTo: ['sheet'], authentication: ['serviceAccount'] } },
      },
      {
        name: 'materiGoogleOAuth2Api',
        required: true,
        displayOptions: { show: { connectTo: ['sheet'], authentication: ['oAuth2'] } },
      },
    ],
    properties: [
      ...connectParameters,
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [
          { name: 'Material', value: 'material' },
          { name: 'Sheet', value: 'sheet', displayOptions: { show: { connectTo: ['sheet'] } } },
        ],
        default: 'material',
      },
      ...materialOperations,
      ...sheetOperations,
      ...sheetParameters,
      ...materialParameters,
      ...preparingParameters,
    ],
  };

  methods = {
    credentialTest: { googleCredentialTest, portalCredentialTest },
    listSearch: { searchMaterials, searchSpreadsheets, searchTabs },
    loadOptions,
    resourceMapping: { getColumns },
  };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await router(this);
  }
}
