import { errorInfo, GoogleError, helpLink } from '../http/googleError.ts';

interface Exceeded {
  readonly kind: 'read' | 'write';
  readonly per: 'user' | 'project';
  readonly limit: number;
  readonly projectNumber: string;
}

/** Google's 429 of Sheets v4, word for word as in public reports of it. */
export function sheetsQuotaError({ kind, per, limit, projectNumber }: Exceeded): GoogleError {
  const name = kind === 'read' ? 'Read' : 'Write';
  const perUser = per === 'user';
  const message = `Quota exceeded for quota metric '${name} requests' and limit '${name} requests per minute${perUser ? ' per user' : ''}' of service 'sheets.googleapis.com' for consumer 'project_number:${projectNumber}'.`;
  return new GoogleError(429, message, [
    errorInfo('RATE_LIMIT_EXCEEDED', {
      service: 'sheets.googleapis.com',
      consumer: `projects/${projectNumber}`,
      quota_metric: `sheets.googleapis.com/${kind}_requests`,
      quota_limit: `${name}RequestsPerMinutePer${perUser ? 'User' : 'Project'}`,
      quota_limit_value: String(limit),
      quota_location: 'global',
      quota_unit: perUser ? '1/min/{project}/{user}' : '1/min/{project}',
    }),
    helpLink(
      'Request a higher quota limit.',
      'https://cloud.google.com/docs/quotas/help/request_increase',
    ),
  ]);
}
