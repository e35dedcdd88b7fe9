import type { INodeProperties } from 'n8n-workflow';

/** The most output tokens of a Gemini 3 model (ai.google.dev/gemini-api/docs/models). */
export const MOST_OUTPUT_TOKENS = 65_536;

export const concurrency: INodeProperties = {
  displayName: 'Concurrency',
  name: 'concurrency',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 20 },
  default: 3,
  description: 'How many materials Gemini analyses at the same time',
};

export const giveUpAfter: INodeProperties = {
  displayName: 'Give Up After (Seconds)',
  name: 'giveUpAfter',
  type: 'number',
  typeOptions: { minValue: 0 },
  default: 180,
  description: 'How long to wait for quota or an overloaded model, for each material',
};

export const maxOutputTokens: INodeProperties = {
  displayName: 'Max Output Tokens',
  name: 'maxOutputTokens',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: MOST_OUTPUT_TOKENS },
  default: 8192,
  description:
    'The most output tokens of an answer. The tokens that the model thinks with count too. If an answer is cut off, the node asks once more, with twice as many.',
};

const thinkingLevel: INodeProperties = {
  displayName: 'Thinking Level',
  name: 'thinkingLevel',
  type: 'options',
  options: [
    { name: 'High', value: 'high' },
    { name: 'Low', value: 'low' },
    { name: 'Medium', value: 'medium' },
    { name: 'Minimal', value: 'minimal' },
    { name: 'Model Default', value: '' },
  ],
  default: '',
  description:
    'How long the model thinks before it answers. More thinking takes more time and more output tokens. Not every model takes every level.',
};

export const timeout: INodeProperties = {
  displayName: 'Timeout (Seconds)',
  name: 'timeout',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: 60,
  description: 'How long to wait for one answer',
};

/** The value with which an answer that a person should look at leaves by an output of its own. */
export const OWN_OUTPUT = 'output';

export const needsReview: INodeProperties = {
  displayName: 'Needs Review',
  name: 'needsReview',
  type: 'options',
  options: [
    {
      name: 'Fail or Warn',
      value: 'warn',
      description:
        'An answer that the checks refuse fails its item. An answer that a person should look at has a warning.',
    },
    {
      name: 'Own Output',
      value: OWN_OUTPUT,
      description:
        'Both kinds of answers leave by a second output, with their issues in the result',
    },
  ],
  default: 'warn',
  description: 'Where an answer goes that does not pass every check, after one repair',
};

export const skipUnchanged: INodeProperties = {
  displayName: 'Skip Unchanged',
  name: 'skipUnchanged',
  type: 'boolean',
  default: false,
  description:
    'Whether to leave out a material that this prompt has already analysed and whose text is the same since. Its AI_SOURCE shows that.',
};

export const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    concurrency,
    giveUpAfter,
    maxOutputTokens,
    needsReview,
    skipUnchanged,
    thinkingLevel,
    timeout,
  ],
};
