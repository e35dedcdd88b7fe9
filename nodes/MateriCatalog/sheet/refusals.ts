import { HeaderError, ItemRefused, SheetError, type SheetErrorKind } from '../../../core/index.ts';
import { JobFailed } from '../../items/jobFailed.ts';

const ADVICE: Readonly<Partial<Record<SheetErrorKind, string>>> = {
  no_access:
    'Check that the credential is connected, and Spreadsheet shared with its account, as an editor.',
  no_tab: 'Set Tab to one that the spreadsheet has.',
};

/** An error of `core/sheet` as the failure of an item, with what the designer can do about it. */
export function sheetFailure(error: unknown): unknown {
  if (error instanceof SheetError) {
    const retryable = error.kind === 'busy' || error.kind === 'unknown';
    const advice = ADVICE[error.kind];
    return new JobFailed('workflow_error', error.message, {
      retryable,
      ...(advice === undefined ? {} : { advice }),
    });
  }
  if (error instanceof HeaderError || error instanceof ItemRefused) {
    return new JobFailed('workflow_error', error.message, { retryable: false });
  }
  return error;
}
