import type { core } from 'zod/v4';
import { z } from 'zod/v4';
import { PortalError, type FieldError } from './errors.ts';

/**
 * Parses what came from outside.
 *
 * @param within what stands before each path, such as `data.result`
 * @throws PortalError `invalid` with every wrong field's path
 */
export function validate<Schema extends core.$ZodType>(
  schema: Schema,
  value: unknown,
  within = '',
): core.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.flatMap((issue) => fieldErrors(issue, within));
  const names = fields.map(({ path }) => (path === '' ? 'the body' : path)).join(', ');
  throw new PortalError('invalid', `Not valid: ${names}.`, fields);
}

function fieldErrors(issue: core.$ZodIssue, within: string): FieldError[] {
  const at = (...more: PropertyKey[]) =>
    [within, ...issue.path, ...more]
      .map(String)
      .filter((part) => part !== '')
      .join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: at(key),
      message: 'is not a field that is known here',
    }));
  }
  return [{ path: at(), message: issue.message }];
}
