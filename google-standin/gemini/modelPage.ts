import { invalid } from '../http/googleError.ts';
import { integerParameter } from '../names/index.ts';
import { modelResource, models } from './models.ts';

/** Google's own numbers (ai.google.dev/api/models#method:-models.list). */
const USUAL_SIZE = 50;
const LARGEST_SIZE = 1_000;

/**
 * One page of `models`, with the token of the next one while there is one.
 *
 * @throws GoogleError 400 for a wrong page size or token
 */
export function modelPage(query: URLSearchParams): object {
  const size = integerParameter(query, 'pageSize') || USUAL_SIZE;
  if (size < 0) throw invalid('Invalid page size.');
  const start = startOf(query.get('pageToken') ?? '');
  const listed = models.filter(({ kind }) => kind !== 'retired');
  const end = start + Math.min(size, LARGEST_SIZE);
  return {
    models: listed.slice(start, end).map(modelResource),
    ...(end < listed.length ? { nextPageToken: tokenOf(end) } : {}),
  };
}

function tokenOf(start: number): string {
  return Buffer.from(`start ${start}`).toString('base64url');
}

function startOf(token: string): number {
  if (token === '') return 0;
  const start = Number(/^start (\d{1,6})$/.exec(Buffer.from(token, 'base64url').toString())?.[1]);
  if (Number.isNaN(start)) throw invalid('Invalid page token.');
  return start;
}
