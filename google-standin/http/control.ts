import * as z from 'zod/v4-mini';
import { GoogleError } from './googleError.ts';
import type { Answer, Route, RouteRequest } from './route.ts';

/** A route of the stand-in's own; neither counted among Google's nor struck by faults. */
export function control(
  verb: Route['verb'],
  path: RegExp,
  handle: (request: RouteRequest) => Answer,
): Route {
  return {
    verb,
    path,
    service: 'stand-in',
    method: 'control',
    handle: (request) => {
      refuseForeignPages(request);
      return handle(request);
    },
  };
}

/** A page of another origin that a developer has open must not change the sheet. */
export function refuseForeignPages({ headers }: RouteRequest): void {
  const { origin, host } = headers;
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw new GoogleError(403, `The page ${origin} may not use the controls of the stand-in.`);
}

/** @throws GoogleError 400 naming each field that is wrong */
export function parseControl<T>(schema: z.ZodMiniType<T>, text: string): T {
  let body: unknown;
  try {
    body = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new GoogleError(400, 'The body is not JSON.');
  }
  const parsed = z.safeParse(schema, body);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new GoogleError(400, problems.join('; '));
}
