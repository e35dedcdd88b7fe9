import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { beginning, FAILURE_CODES, readable, type JobFailure } from '../../../../core/index.ts';
import { read, readText } from '../../../shared/http/read.ts';
import { jobCode } from '../../../shared/items/itemFailure.ts';
import { jsonParameter, textParameter } from '../../../shared/items/parameters.ts';

/** The longest message of a job failure, in characters (core: jobFailure). */
const LONGEST_MESSAGE = 4_000;

export function reasonParameter(show: Record<string, string[]>): INodeProperties {
  return {
    displayName: 'Error',
    name: 'error',
    type: 'json',
    required: true,
    displayOptions: { show },
    default: '={{ $json.error ?? $json.execution?.error }}',
    description:
      'What failed, as an error output or Error Trigger gives it, or an object <code>{ "code", "message", "retryable" }</code>. The code chooses what the teacher reads (teks untuk guru): ' +
      FAILURE_CODES.map((code) => `<code>${code}</code>`).join(', ') +
      '.',
  };
}

/**
 * Why the job failed. A Materi node's error carries its code, also through an error workflow
 * (`context.failure`); any other error is a failure of the workflow, and may pass by itself.
 */
export function reasonOf(node: IExecuteFunctions, item: number): JobFailure {
  const error = jsonParameter(node, 'error', item);
  const failure = read(error, 'context', 'failure') ?? error;
  const text = readText(failure, 'message') || textParameter(node, 'error', item);
  return {
    code: jobCode(readText(failure, 'code')),
    // The portal refuses a text that it cannot store. The job would then stay open.
    message: readable(
      beginning(text || 'The workflow failed, and said no reason.', LONGEST_MESSAGE),
    ),
    retryable: read(failure, 'retryable') !== false,
  };
}
