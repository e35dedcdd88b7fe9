import { n8nEventSchema } from '../../core/index.ts';
import { PortalError } from '../errors.ts';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { check } from './check.ts';
import { receive } from './receive.ts';
import { acceptedSchema, eventAnswerSchema } from './schemas.ts';

/** The largest result has a body of 200,000 bytes; this fits it also if most characters are escaped. */
const EVENT_BYTES_MOST = 1024 * 1024;

const QUESTION_BYTES_MOST = 1024;

export function webhookRoutes(portal: Portal): Route[] {
  return [
    route(
      {
        name: 'reportEvent',
        summary: 'Takes a signed event of n8n about a job.',
        method: 'POST',
        path: '/webhook/n8n',
        caller: 'n8n',
        body: n8nEventSchema,
        bodyBytesMost: EVENT_BYTES_MOST,
        responses: { 200: eventAnswerSchema },
        problems: ['not_found', 'job_ended', 'job_claimed', 'job_not_claimed', 'attempt_over'],
      },
      async ({ headers, body }) => {
        const { answer, replayed } = await receive(portal, headers, body);
        if ('error' in answer) {
          const { code, message, fields } = answer.error;
          throw new PortalError(code, message, fields);
        }
        // A repeated event gets the kept answer to the letter.
        const sent = JSON.stringify(answer);
        return { headers: replayed ? { 'Idempotency-Replayed': 'true' } : {}, body: sent };
      },
    ),
    route(
      {
        name: 'checkSecrets',
        summary: 'Checks a signature of n8n, and signs the answer.',
        method: 'POST',
        path: '/webhook/check',
        caller: 'n8n',
        bodyBytesMost: QUESTION_BYTES_MOST,
        responses: { 200: acceptedSchema },
      },
      ({ headers, body }) => {
        const answer = check(portal, headers, body);
        return { headers: { ...answer.headers }, body: answer.body };
      },
    ),
  ];
}
