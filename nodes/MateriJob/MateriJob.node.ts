import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { jobParameters } from './actions/job/index.ts';
import { router } from './actions/router.ts';
import { searchMaterials } from './methods/searchMaterials.ts';
import { portalCredentialTest } from '../shared/credentialTests/index.ts';

export class MateriJob implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Materi Job',
    name: 'materiJob',
    icon: { light: 'file:materiJob.svg', dark: 'file:materiJob.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Opens, claims and reads jobs of the Materi portal, and reports on them',
    defaults: { name: 'Materi Job' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'materiPortalApi', required: true, testedBy: 'portalCredentialTest' }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Job', value: 'job' }],
        default: 'job',
      },
      ...jobParameters,
    ],
  };

  methods = { credentialTest: { portalCredentialTest }, listSearch: { searchMaterials } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await router(this);
  }
}
