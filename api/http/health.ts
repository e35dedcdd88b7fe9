import { z } from 'zod/v4';
import { PortalError } from '../errors.ts';
import type { Portal } from '../portal.ts';
import { route, type Route } from './route.ts';

const aliveSchema = z.strictObject({ status: z.literal('alive') });
const readySchema = z.strictObject({ status: z.literal('ready') });

/**
 * `livez` touches nothing: a database that is down is no reason to kill this process. `readyz` asks
 * PostgreSQL and the migrations, never Google: with Google down, reading and writing go on.
 */
export function healthRoutes(portal: Pick<Portal, 'stopping' | 'readiness'>): Route[] {
  return [
    route(
      {
        name: 'getLiveness',
        summary: 'Answers while the process runs.',
        method: 'GET',
        path: '/livez',
        caller: 'anyone',
        responses: { 200: aliveSchema },
      },
      () => ({ body: { status: 'alive' as const } }),
    ),
    route(
      {
        name: 'getReadiness',
        summary: 'Answers 503 while PostgreSQL cannot be used or the instance stops.',
        method: 'GET',
        path: '/readyz',
        caller: 'anyone',
        responses: { 200: readySchema },
      },
      async () => {
        const whyNot = portal.stopping()
          ? 'This instance is stopping.'
          : await portal.readiness.whyNot();
        if (whyNot === null) return { body: { status: 'ready' as const } };
        throw new PortalError('unavailable', whyNot);
      },
    ),
  ];
}
