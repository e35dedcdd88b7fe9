import type { Answer } from '../../../shared/http/exchange.ts';
import { ItemFailure } from '../../../shared/items/itemFailure.ts';
import { problemText } from '../../../shared/portal/problem.ts';

/** The portal's 404, 409 or 422 to a report, as a failure of the item. */
export function refused({ status, body }: Answer): ItemFailure {
  const message = problemText(status, body);
  if (status === 422) {
    return new ItemFailure('answer_invalid', `The result was not accepted. ${message}`, {
      retryable: true,
      status,
      advice:
        'The paths say what is wrong with Result. The job stays claimed: Complete or Fail it.',
    });
  }
  return new ItemFailure('workflow_error', message, {
    retryable: false,
    status,
    advice:
      status === 404
        ? 'The portal knows no such job. Check Job ID, and that the credential is for this portal.'
        : 'Another execution has the job now, or it has ended: this one has nothing more to report.',
  });
}
