import type { IncomingHttpHeaders } from 'node:http';
import { PortalError } from '../errors.ts';

/** The entity tags of an If-Match (RFC 9110, section 13.1.1), without their marks; `*` is any. */
export type IfMatch = '*' | readonly string[];

/**
 * Reads If-Match. `W/` is ignored: a proxy that compresses adds it to ETags, and our ETags name a revision,
 * not bytes.
 *
 * @throws PortalError `if_match_required`; `malformed` if it is no list of entity tags
 */
export function readIfMatch(headers: IncomingHttpHeaders): IfMatch {
  const given = headers['if-match']?.trim() ?? '';
  if (given === '') {
    throw new PortalError(
      'if_match_required',
      'Send If-Match with the ETag that GET gave, so that nobody’s edit in between is lost.',
    );
  }
  if (given === '*') return '*';
  const tags = given
    .split(',')
    .map((tag) => /^(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/.exec(tag.trim())?.[1]);
  const read = tags.flatMap((tag) => tag ?? []);
  if (read.length === tags.length) return read;
  throw new PortalError('malformed', 'If-Match is no entity tag. Send the ETag with its quotes.');
}
