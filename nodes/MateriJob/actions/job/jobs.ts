import type { IDataObject } from 'n8n-workflow';
import { readText } from '../../../shared/http/read.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';

/** The values of `status` and `kind`, as the portal has them. */
export const STATUS_OPTIONS = [
  { name: 'Completed', value: 'COMPLETED', description: 'The job has a result' },
  { name: 'Failed', value: 'FAILED', description: 'The job has ended without a result' },
  { name: 'Processing', value: 'PROCESSING', description: 'The job waits, or n8n works on it' },
];

export const KIND_OPTIONS = [
  { name: 'Analyze', value: 'analyze', description: 'Analyse a material (analisis materi)' },
  {
    name: 'Generate',
    value: 'generate',
    description: 'Write a draft for a material or a gap (membuat konten)',
  },
];

/** A job as the portal gives it. @throws ItemFailure if the answer is no job */
export function jobOf(value: unknown): IDataObject {
  if (isJob(value)) return value;
  throw new ItemFailure('workflow_error', "The portal's answer is not a job.", {
    retryable: false,
    advice: 'Portal and nodes may be of different versions: update the older one.',
  });
}

function isJob(value: unknown): value is IDataObject {
  return readText(value, 'id') !== '' && readText(value, 'status') !== '';
}
