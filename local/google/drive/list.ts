import { GoogleError } from '../http/googleError.ts';
import type { Spreadsheet } from '../sheets/model.ts';
import { fileQuery } from './query.ts';

export interface FileList {
  readonly files: readonly Spreadsheet[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

/** A page of the files shared with the service account, last changed first unless ordered by name. */
export function listFiles(all: readonly Spreadsheet[], query: URLSearchParams): FileList {
  const matches = fileQuery(query.get('q'));
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    const message = `Invalid value '${query.get('pageSize') ?? ''}'. Values must be within the range: [1, 1000]`;
    const item = { message, domain: 'global', reason: 'invalidParameter' };
    throw new GoogleError(
      400,
      message,
      [],
      [{ ...item, location: 'pageSize', locationType: 'parameter' }],
    );
  }
  const [order = ''] = (query.get('orderBy') ?? 'modifiedTime desc').split(',');
  const byName = order.trim().startsWith('name');
  const down = order.trim().endsWith(' desc') ? -1 : 1;
  const sorted = all
    .filter((file) => file.shared && matches(file))
    .toSorted((a, b) =>
      byName
        ? down * a.title.localeCompare(b.title, 'en', { numeric: true })
        : down * a.modifiedTime.localeCompare(b.modifiedTime),
    );
  const start = pageStart(query.get('pageToken'));
  const files = sorted.slice(start, start + size);
  const end = start + files.length;
  return { files, ...(end < sorted.length ? { nextPageToken: tokenOf(end) } : {}) };
}

const tokenOf = (start: number) => Buffer.from(`~${start}`).toString('base64url');

function pageStart(token: string | null): number {
  if (token === null || token === '') return 0;
  const start = /^~([0-9]+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start !== undefined) return Number(start);
  const message = 'Invalid Value';
  const item = { message, domain: 'global', reason: 'invalid' };
  throw new GoogleError(
    400,
    message,
    [],
    [{ ...item, location: 'pageToken', locationType: 'parameter' }],
  );
}
