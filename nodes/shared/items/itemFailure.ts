import { NodeApiError, NodeOperationError, type IDataObject, type INode } from 'n8n-workflow';
import {
  beginning,
  FAILURE_CODES,
  type FailureCode,
  type JobFailure,
} from '../../../core/index.ts';
import { isInfrastructureFault } from './infrastructureFault.ts';

/** The longest message of a job failure, in characters (core: jobFailure). */
const LONGEST_MESSAGE = 4_000;

interface Circumstances {
  /** The HTTP status that said so, if one did. */
  readonly status?: number;
  /** An advice for the designer of the workflow. */
  readonly advice?: string;
  /** A code that says more than the job's; an IF node branches on it (docs/nodes.md). */
  readonly itemCode?: string;
  /** The item that failed, where several were worked on at once. */
  readonly item?: number;
}

/** Work on one item failed, for a reason that the portal knows and a workflow can route by. */
export class ItemFailure extends Error {
  override readonly name = 'ItemFailure';
  readonly failure: JobFailure;
  readonly circumstances: Circumstances;

  constructor(
    code: FailureCode,
    message: string,
    options: Circumstances & { readonly retryable: boolean },
  ) {
    super(beginning(message, LONGEST_MESSAGE));
    const { retryable, ...circumstances } = options;
    this.failure = { code, message: this.message, retryable };
    this.circumstances = circumstances;
  }
}

/** Any error as a job failure. Only a fault of n8n's infrastructure is known to pass by itself. */
export function failureOf(error: unknown): JobFailure {
  if (error instanceof ItemFailure) return error.failure;
  const message = error instanceof Error && error.message !== '' ? error.message : String(error);
  return {
    code: 'workflow_error',
    message: beginning(message, LONGEST_MESSAGE),
    retryable: isInfrastructureFault(error),
  };
}

/** Translates the code of an item's error to the portal's code for a failed job. */
export function jobCode(itemCode: string): FailureCode {
  if (itemCode === 'not_found') return 'material_gone';
  return FAILURE_CODES.find((known) => known === itemCode) ?? 'workflow_error';
}

/** The `error` of an item that failed. */
export function itemError(error: unknown): IDataObject {
  const { code, message, retryable } = failureOf(error);
  const { itemCode = code, advice = '' } = error instanceof ItemFailure ? error.circumstances : {};
  return { code: itemCode, message, retryable, ...(advice === '' ? {} : { advice }) };
}

/**
 * The error that n8n shows and hands to the error workflow; `context.failure` is the job failure,
 * so that it can be reported from there too.
 */
export function nodeError(node: INode, error: unknown, itemIndex: number): Error {
  const failure = failureOf(error);
  const shown = shownError(node, error, itemIndex);
  shown.context['failure'] = { ...failure };
  return shown;
}

function shownError(
  node: INode,
  error: unknown,
  itemIndex: number,
): NodeApiError | NodeOperationError {
  if (!(error instanceof ItemFailure)) {
    return new NodeOperationError(node, error instanceof Error ? error : String(error), {
      itemIndex,
    });
  }
  const { status, advice, item } = error.circumstances;
  const described = {
    message: error.message,
    itemIndex: item ?? itemIndex,
    ...(advice === undefined ? {} : { description: advice }),
  };
  if (status === undefined) return new NodeOperationError(node, error.message, described);
  return new NodeApiError(
    node,
    { message: error.message },
    { ...described, httpCode: String(status) },
  );
}
