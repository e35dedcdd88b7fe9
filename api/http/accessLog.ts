import type { RequestHandler } from 'express';
import { pinoHttp } from 'pino-http';
import type { Logger } from '../log.ts';
import { currentTraceId } from '../trace.ts';

/** Addresses that machines ask every few seconds. */
export const PROBES: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

/** One line a request: no headers and no bodies, so no token and no secret. Probes are not logged. */
export function accessLog(log: Logger): RequestHandler {
  const begin = pinoHttp({
    logger: log,
    genReqId: (_req, res) => String(res.getHeader('X-Request-Id')),
    quietReqLogger: true,
    autoLogging: { ignore: (req) => PROBES.has(req.url ?? '') },
    customLogLevel: (_req, res, error) =>
      error !== undefined || res.statusCode >= 500 ? 'error' : 'info',
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({
        method,
        path: url.split('?')[0],
      }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
    // pino-http asks twice. At the end of the answer, the request's trace may be out of reach.
    customProps: () => {
      const traceId = currentTraceId();
      return traceId === null ? {} : { traceId };
    },
  });
  return (req, res, next) => {
    begin(req, res);
    req.log = req.log.child({ traceId: currentTraceId() });
    next();
  };
}
