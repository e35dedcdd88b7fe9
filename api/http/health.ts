import { PortalError } from '../errors.ts';
import type { Portal } from '../portal.ts';
import { route, type Route } from './route.ts';

/**
 * `livez` touches nothing: a database that is down is no reason to kill this process. `readyz` asks
 * PostgreSQL and the migrations, never Google: with Google down, reading and writing go on.
 */
export function healthRoutes(portal: Pick<Portal, 'stopping' | 'readiness'>): Route[] {
  return [
    route({ method: 'GET', path: '/livez', caller: 'anyone' }, () => ({
      body: { status: 'alive' },
    })),
    route({ method: 'GET', path: '/readyz', caller: 'anyone' }, async () => {
      const whyNot = portal.stopping()
        ? 'This instance is stopping.'
        : await portal.readiness.whyNot();
      if (whyNot === null) return { body: { status: 'ready' } };
      throw new PortalError('unavailable', whyNot);
    }),
  ];
}
