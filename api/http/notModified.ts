import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether the client has what this ETag names already (RFC 9110, section 13.1.2, weak comparison).
 *
 * Express's own check sends the body again if the request has `Cache-Control: no-cache`. But fetch sends
 * that header with every If-None-Match.
 */
export function isNotModified(headers: IncomingHttpHeaders, etag: string): boolean {
  const given = headers['if-none-match'] ?? '';
  return given
    .split(',')
    .map((tag) => tag.trim().replace(/^W\//, ''))
    .some((tag) => tag === '*' || tag === etag);
}
