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
  const issues = parsed.error.issues.flatMap(ofMeantForm);
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

/**
 * The error of the form that was meant: with the fewest unknown fields, then with the fewest errors. For
 * `{ code }` that is the form with a code and two more fields.
 */
function ofMeantForm(issue: core.$ZodIssue): core.$ZodIssue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const unknown = (issues: readonly core.$ZodIssue[]) =>
    issues.reduce((sum, one) => sum + (one.code === 'unrecognized_keys' ? one.keys.length : 0), 0);
  const [meant = []] = issue.errors.toSorted(
    (one, other) => unknown(one) - unknown(other) || one.length - other.length,
  );
  return meant.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
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
