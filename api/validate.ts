import { z, type core } from 'zod/v4';
import { cut } from './cut.ts';
import { PortalError, type FieldError } from './errors.ts';

/** How many wrong fields an error lists; it counts the others. */
const FIELDS_MOST = 20;

/** Characters of one message and of one path. */
const MESSAGE_MOST = 300;
const PATH_MOST = 300;

/**
 * Parses what came from outside.
 *
 * @param within the beginning of each path, such as `data.result`
 * @throws PortalError `invalid` with the paths of the first 20 wrong fields, and how many more there are
 */
export function validate<Schema extends core.$ZodType>(
  schema: Schema,
  value: unknown,
  within = '',
): core.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const fields = issues
    .slice(0, FIELDS_MOST)
    .flatMap((issue) => fieldErrors(issue, within))
    .slice(0, FIELDS_MOST);
  const names = fields.map(({ path }) => (path === '' ? 'the body' : path)).join(', ');
  const more = issues.reduce((sum, issue) => sum + countOf(issue), -fields.length);
  throw new PortalError(
    'invalid',
    more > 0 ? `Not valid: ${names}, and ${more} more.` : `Not valid: ${names}.`,
    fields,
  );
}

function countOf(issue: core.$ZodIssue): number {
  return issue.code === 'unrecognized_keys' ? issue.keys.length : 1;
}

function fieldErrors(issue: core.$ZodIssue, within: string): FieldError[] {
  const at = (...more: PropertyKey[]) =>
    cut(
      [within, ...issue.path, ...more]
        .map((part) => cut(String(part)))
        .filter((part) => part !== '')
        .join('.'),
      PATH_MOST,
    );
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, FIELDS_MOST).map((key) => ({
      path: at(key),
      message: 'is not a field that is known here',
    }));
  }
  return [{ path: at(), message: cut(issue.message, MESSAGE_MOST) }];
}
