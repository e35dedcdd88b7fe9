import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Patience } from '../../../shared/http/retrying.ts';
import { numberOption } from '../../../shared/items/parameters.ts';

/** How many items are reported at once. */
export const REPORTS_AT_ONCE = 5;

const giveUpAfter: INodeProperties = {
  displayName: 'Give Up After (Seconds)',
  name: 'giveUpAfter',
  type: 'number',
  typeOptions: { minValue: 0 },
  // Enough for a portal that is being redeployed, and far below a job's lease of 15 minutes.
  default: 180,
  description: 'How long to try again while the portal is away or too busy',
};

export const reporting: INodeProperties[] = [
  {
    displayName: 'Options',
    name: 'options',
    type: 'collection',
    placeholder: 'Add option',
    displayOptions: { show: { resource: ['job'] } },
    default: {},
    options: [giveUpAfter],
  },
];

export function reportingPatience(node: IExecuteFunctions, item: number): Patience {
  const seconds = numberOption(node, giveUpAfter, item);
  return { deadline: Date.now() + seconds * 1_000, signal: node.getExecutionCancelSignal() };
}
