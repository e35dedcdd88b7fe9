import type { JobId } from '../../core/index.ts';
import { someResult } from '../harness/portal.ts';
import type { Callback } from './actions.ts';

/** The text in a result by which the model knows it again. */
export const resultText = (content: number): string => `Hasil ${content}`;

/** A callback as n8n sends it. */
export function reportOf(callback: Callback, id: JobId): { type: string; data: object } {
  const { execution, attempt, content } = callback;
  const claim = { jobId: id, attempt, executionId: execution };
  const error = (retryable: boolean) => ({
    error: { code: 'model_unavailable', message: `Galat ${content}`, retryable },
  });
  switch (callback.report) {
    case 'job.started':
      return { type: 'job.started', data: claim };
    case 'job.progress':
      return { type: 'job.progress', data: { ...claim, progress: content } };
    case 'job.completed': {
      // Jobs of both kinds take it: each keeps the fields of its kind.
      const draft = { kind: 'quiz', title: resultText(content), body: { questions: [] } };
      const result = { ...someResult(resultText(content)), ...draft };
      return { type: 'job.completed', data: { ...claim, result } };
    }
    case 'job.completed, not valid':
      return { type: 'job.completed', data: { ...claim, result: { title: content } } };
    case 'job.failed':
      return { type: 'job.failed', data: { ...claim, ...error(false) } };
    case 'job.failed, retryable':
      return { type: 'job.failed', data: { ...claim, ...error(true) } };
    case 'job.failed, the execution alone':
      return { type: 'job.failed', data: { executionId: execution, ...error(false) } };
  }
}
