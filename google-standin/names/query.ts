import * as z from 'zod/v4-mini';
import { malformed, notImplemented, type GoogleError } from '../http/googleError.ts';
import { protoPath } from '../http/json.ts';
import type { Names } from './names.ts';
import { googleBooleanSchema } from './scalars.ts';

/**
 * Parameters of every Google API (https://cloud.google.com/apis/docs/system-parameters) that change
 * nothing here: `prettyPrint` is for people, and nobody is charged for quota.
 */
const withoutEffect = ['fields', 'key', 'prettyPrint', 'quotaUser', 'userIp', '$.xgafv'];

/** Parameters of every Google API that the stand-in lacks. */
const lacking = [
  'access_token',
  'oauth_token',
  'bearer_token',
  'callback',
  'uploadType',
  'upload_protocol',
];

/** @throws GoogleError 400 for a parameter that Google does not know, as Sheets answers */
export function refuseUnknownParameters(names: Names, method: string, query: URLSearchParams) {
  const known = [...names.parametersOf(method), ...withoutEffect, ...lacking, 'alt'];
  const unknown = [...new Set(query.keys())].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw malformed(
    unknown.map((name) => ({
      description: `Invalid JSON payload received. Unknown name "${name}": Cannot bind query parameter. Field '${name}' could not be found in request message.`,
    })),
  );
}

/**
 * @param implemented the method's parameters that the stand-in implements
 * @throws GoogleError 501 for a parameter that Google knows and the stand-in lacks
 */
export function refuseLackingParameters(
  names: Names,
  method: string,
  query: URLSearchParams,
  implemented: readonly string[],
): void {
  const ours = [...names.parametersOf(method), ...lacking].filter(
    (name) => query.has(name) && !implemented.includes(name),
  );
  const alt = query.get('alt') ?? 'json';
  if (alt !== 'json') ours.push(`alt=${alt}`);
  if (ours.length > 0) throw notImplemented(`the parameter ${ours.join(', ')}`);
}

/**
 * A boolean of the query; without it false.
 *
 * @throws GoogleError 400 for any other text
 */
export function booleanParameter(query: URLSearchParams, name: string): boolean {
  const given = query.get(name);
  const parsed = z.safeParse(googleBooleanSchema, given ?? false);
  if (parsed.success) return parsed.data;
  throw invalidParameter(name, 'TYPE_BOOL', given ?? '');
}

/**
 * A whole number of the query; without it 0.
 *
 * @throws GoogleError 400 for any other text
 */
export function integerParameter(query: URLSearchParams, name: string): number {
  const given = query.get(name) ?? '0';
  const number = Number(given);
  if (/^-?[0-9]{1,10}$/.test(given) && (number | 0) === number) return number;
  throw invalidParameter(name, 'TYPE_INT32', given);
}

function invalidParameter(name: string, type: string, given: string): GoogleError {
  const field = protoPath([name]);
  return malformed([{ field, description: `Invalid value at '${field}' (${type}), "${given}"` }]);
}
