import { backoff, beginning } from '../../../core/index.ts';
import type { Answer, Exchange } from '../../shared/http/exchange.ts';
import { readList, readText } from '../../shared/http/read.ts';
import { retryAfter } from '../../shared/http/retryAfter.ts';
import { RETRY_PAUSE } from '../../shared/http/retrying.ts';
import { ItemFailure } from '../../shared/items/itemFailure.ts';

/** An overloaded model is tried this often; the portal makes another attempt at the job later. */
const MOST_TRIES = 4;

/** Milliseconds until Gemini may answer otherwise; undefined if it has answered, or enough was tried. */
export function geminiWait(outcome: Exchange, tries: number): number | undefined {
  if (!outcome.reached || outcome.status >= 500) {
    return tries < MOST_TRIES ? backoff(RETRY_PAUSE, tries) : undefined;
  }
  if (outcome.status !== 429) return undefined;
  return retryDelay(outcome.body) ?? retryAfter(outcome.headers) ?? backoff(RETRY_PAUSE, tries);
}

/** Why there is no answer, by the status and Google's error body (google.rpc.Status). */
export function geminiFailure(outcome: Exchange, model: string): ItemFailure {
  if (!outcome.reached) {
    return new ItemFailure('model_unavailable', `Gemini cannot be reached: ${outcome.reason}`, {
      retryable: !outcome.lasting,
      advice: 'Check the Base URL of the Materi Gemini credential, and the network of n8n.',
    });
  }
  const { status, body } = outcome;
  const message = `${model}: ${readText(body, 'error', 'message') || 'no reason given'} (HTTP ${status})`;
  if (status === 429) {
    return new ItemFailure('model_quota', message, {
      retryable: true,
      status,
      advice: 'The quota of the key is used up: lower Concurrency, or raise the quota at Google.',
    });
  }
  if (status >= 500)
    return new ItemFailure('model_unavailable', message, { retryable: true, status });
  if (status === 401 || status === 403 || isKeyRefused(body)) {
    return new ItemFailure('model_key', message, {
      retryable: false,
      status,
      advice: 'Check the API Key of the Materi Gemini credential.',
    });
  }
  const refusesThinking = /thinking/i.test(readText(body, 'error', 'message'));
  return new ItemFailure('workflow_error', message, {
    retryable: false,
    status,
    ...(refusesThinking ? { advice: 'Choose another Thinking Level, or Model Default.' } : {}),
    ...(status === 404
      ? {
          advice:
            'Check the Base URL of the Materi Gemini credential: Gemini does not answer there.',
        }
      : {}),
  });
}

/** Google knows no such model, or has retired it; a 404 of another server looks different. */
export function isModelMissing(outcome: Exchange): outcome is Answer {
  return (
    outcome.reached &&
    outcome.status === 404 &&
    readText(outcome.body, 'error', 'status') === 'NOT_FOUND'
  );
}

/** Google's own texts have at most 260 characters. */
const LONGEST_REASON = 500;
/** How many models an error names. */
const MOST_NAMED = 10;

/**
 * The error that names the model and what to use instead.
 *
 * @param offered the models that the key may use; undefined if Google did not list them
 */
export function modelNotFound(
  { status, body }: Answer,
  model: string,
  offered: readonly string[] | undefined,
): ItemFailure {
  const reason = beginning(readText(body, 'error', 'message'), LONGEST_REASON);
  const others = (offered ?? []).filter((other) => other !== model);
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : '';
  const list =
    others.length > 0
      ? `This key may use: ${others.slice(0, MOST_NAMED).join(', ')}${more}.`
      : 'Google did not say which models this key may use.';
  return new ItemFailure(
    'model_not_found',
    `This key cannot use the model ${model}: ${reason} (HTTP ${status}) ${list}`,
    { retryable: false, status, advice: 'Choose another Model in this node.' },
  );
}

/** Gemini answers 400 to a key that is not valid. */
function isKeyRefused(body: unknown): boolean {
  return (
    detail(body, 'ErrorInfo', 'reason') === 'API_KEY_INVALID' ||
    readText(body, 'error', 'message').startsWith('API key not valid')
  );
}

/** google.rpc.RetryInfo's `retryDelay`, as in `"12.5s"`, in milliseconds. */
function retryDelay(body: unknown): number | undefined {
  const match = /^(\d+(?:\.\d+)?)s$/.exec(detail(body, 'RetryInfo', 'retryDelay'));
  return match === null ? undefined : Number(match[1]) * 1_000;
}

function detail(body: unknown, type: 'ErrorInfo' | 'RetryInfo', field: string): string {
  const found = readList(body, 'error', 'details').find((entry) =>
    readText(entry, '@type').endsWith(`google.rpc.${type}`),
  );
  return readText(found, field);
}
