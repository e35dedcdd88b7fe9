import {
  NodeConnectionTypes,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { OWN_OUTPUT } from './actions/material/options.ts';
import { materialParameters } from './actions/material/index.ts';
import { geminiCredentialTest } from '../shared/credentialTests/index.ts';
import { router } from './actions/router.ts';
import { getModels } from './methods/getModels.ts';

/** The second output is there only if the option *Needs Review* asks for it, so existing workflows keep theirs. */
const OUTPUTS: INodeTypeDescription['outputs'] = `={{ $parameter["options"]?.["needsReview"] === "${OWN_OUTPUT}" ? [{ type: "main", displayName: "Analysed" }, { type: "main", displayName: "Needs Review" }] : ["main"] }}`;

export class MateriGemini implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Materi Gemini',
    name: 'materiGemini',
    icon: { light: 'file:materiGemini.svg', dark: 'file:materiGemini.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
    description: 'Lets Gemini analyse learning materials, and checks the answers',
    defaults: { name: 'Materi Gemini' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: OUTPUTS,
    credentials: [{ name: 'materiGeminiApi', required: true, testedBy: 'geminiCredentialTest' }],
    properties: [
      {
        displayName: 'Resource',
        name: 'resource',
        type: 'options',
        noDataExpression: true,
        options: [{ name: 'Material', value: 'material' }],
        default: 'material',
      },
      ...materialParameters,
    ],
  };

  methods = { loadOptions: { getModels }, credentialTest: { geminiCredentialTest } };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    return await router(this);
  }
}
