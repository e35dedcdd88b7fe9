import { z } from 'zod/v4';
import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';

export function metricRoutes(portal: Pick<Portal, 'metrics'>): Route[] {
  return [
    route(
      {
        name: 'getMetrics',
        summary: 'Gets the metrics of this instance, in the text format of Prometheus.',
        method: 'GET',
        path: '/metrics',
        caller: 'operator',
        responses: { 200: z.string() },
        produces: 'text/plain',
      },
      async () => ({
        headers: { 'Content-Type': portal.metrics.contentType, 'Cache-Control': 'no-store' },
        body: await portal.metrics.text(),
      }),
    ),
  ];
}
