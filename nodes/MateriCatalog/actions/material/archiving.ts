import type { INodeProperties } from 'n8n-workflow';
import { giveUpAfter, simplify } from '../../sheet/parameters.ts';
import { dryRunOf, previousValues } from '../../item/changed.ts';

/** The parameters of Archive and Restore. */
export function archivingParameters(operation: 'archive' | 'restore'): INodeProperties[] {
  const show = { resource: ['material'], operation: [operation] };
  return [
    dryRunOf(operation),
    {
      displayName: 'Options',
      name: 'options',
      type: 'collection',
      placeholder: 'Add option',
      displayOptions: { show },
      default: {},
      options: [giveUpAfter, previousValues, simplify],
    },
  ];
}
