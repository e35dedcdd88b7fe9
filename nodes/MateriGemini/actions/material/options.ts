import type { INodeProperties } from 'n8n-workflow';

/** What the 2.5 models can write in one answer (ai.google.dev/gemini-api/docs/models). */
export const MOST_OUTPUT_TOKENS = 65_536;

export const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Concurrency',
      name: 'concurrency',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 20 },
      default: 3,
      description: 'How many materials to have analysed at once',
    },
    {
      displayName: 'Give Up After (Seconds)',
      name: 'giveUpAfter',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 180,
      description: 'How long to wait for quota or an overloaded model, for each material',
    },
    {
      displayName: 'Max Output Tokens',
      name: 'maxOutputTokens',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: MOST_OUTPUT_TOKENS },
      default: 8192,
      description:
        'The length of an answer, thinking included; one that is cut is asked for again with twice as many',
    },
    {
      displayName: 'Temperature',
      name: 'temperature',
      type: 'number',
      typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 1 },
      default: 0.2,
      description: 'Higher is more varied, lower more alike from run to run',
    },
    {
      displayName: 'Timeout (Seconds)',
      name: 'timeout',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 60,
      description: 'How long to wait for one answer',
    },
  ],
};
