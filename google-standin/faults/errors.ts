import { DEFAULT_MODEL } from '../../core/analysis/index.ts';
import { errorInfo, GoogleError, helpLink, type ErrorItem } from '../http/googleError.ts';
import { sheetsQuotaError } from '../quotas/sheetsQuotaError.ts';
import type { Fault } from './fault.ts';

type StatusFault = Extract<Fault, { kind: 'status' }>;

export interface Faulted {
  readonly fault: StatusFault;
  readonly method: string;
  readonly projectNumber: string;
  /** The model asked for, when it is Gemini's. */
  readonly model: string | undefined;
}

const domain = 'googleapis.com';
const loginHelp =
  'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.';

/** The error Google answers for the status that a fault asks for. */
export function faultError({ fault, method, projectNumber, model }: Faulted): GoogleError {
  const { service, status } = fault;
  const drive = (item: ErrorItem) => (service === 'drive' ? [item] : undefined);
  switch (status) {
    case 429:
      if (service === 'gemini') return geminiQuota(model ?? DEFAULT_MODEL, fault.retryAfterSeconds);
      if (service === 'drive') return driveQuota();
      return sheetsQuotaError({
        kind: /(^|\.)(get|batchGet|getByDataFilter)$/.test(method) ? 'read' : 'write',
        per: 'user',
        limit: 60,
        projectNumber,
      });
    case 503: {
      const message =
        service === 'gemini'
          ? 'The model is overloaded. Please try again later.'
          : 'The service is currently unavailable.';
      return new GoogleError(
        503,
        message,
        [],
        drive({ message, domain: 'global', reason: 'backendError' }),
      );
    }
    case 500: {
      const message =
        service === 'gemini'
          ? 'An internal error has occurred. Please retry or report in https://developers.generativeai.google/guide/troubleshooting'
          : 'Internal error encountered.';
      return new GoogleError(
        500,
        message,
        [],
        drive({ message, domain: 'global', reason: 'internalError' }),
      );
    }
    case 403: {
      const message = 'The caller does not have permission';
      return new GoogleError(
        403,
        message,
        [],
        drive({ message, domain: 'global', reason: 'forbidden' }),
      );
    }
    case 401: {
      const info = errorInfo('ACCESS_TOKEN_EXPIRED', { service: `${service}.${domain}` });
      const item = {
        message: 'Invalid Credentials',
        domain: 'global',
        reason: 'authError',
        location: 'Authorization',
        locationType: 'header',
      };
      return new GoogleError(401, loginHelp, [info], drive(item));
    }
  }
}

function driveQuota(): GoogleError {
  const message =
    'User Rate Limit Exceeded. Rate of requests for user exceed configured project quota, you may consider re-evaluating expected per-user traffic to the API and adjust project quota limits accordingly.';
  return new GoogleError(
    429,
    message,
    [],
    [{ message, domain: 'usageLimits', reason: 'userRateLimitExceeded' }],
  );
}

/** Without a time to wait, Gemini gives no details either (google-gemini/gemini-cli#1906). */
function geminiQuota(model: string, retryAfterSeconds: number | undefined): GoogleError {
  if (retryAfterSeconds === undefined) {
    return new GoogleError(429, 'Resource has been exhausted (e.g. check quota).');
  }
  const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
  const message = `You exceeded your current quota, please check your plan and billing details. For more information on this error, head to: https://ai.google.dev/gemini-api/docs/rate-limits. To monitor your current usage, head to: https://ai.dev/rate-limit. \n* Quota exceeded for metric: ${metric}, limit: 10, model: ${model}\nPlease retry in ${retryAfterSeconds}s.`;
  return new GoogleError(429, message, [
    {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [
        {
          quotaMetric: metric,
          quotaId: 'GenerateRequestsPerMinutePerProjectPerModel-FreeTier',
          quotaDimensions: { location: 'global', model },
          quotaValue: '10',
        },
      ],
    },
    helpLink(
      'Learn more about Gemini API quotas',
      'https://ai.google.dev/gemini-api/docs/rate-limits',
    ),
    {
      '@type': 'type.googleapis.com/google.rpc.RetryInfo',
      retryDelay: `${retryAfterSeconds}s`,
    },
  ]);
}
