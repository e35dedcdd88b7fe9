import { GoogleError, notImplemented } from '../http/googleError.ts';
import { booleanParameter } from '../names/index.ts';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
import { fileQuery, invalidParameterValue } from './query.ts';

export interface FileList {
  readonly files: readonly Spreadsheet[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

/** A page of the files shared with the service account, last changed first unless ordered otherwise. */
export function listFiles(all: readonly Spreadsheet[], query: URLSearchParams): FileList {
  refuseOtherPlaces(query);
  const size = Number(query.get('pageSize') ?? 100);
  if (!Number.isInteger(size) || size < 1 || size > 1000) {
    const message = `Invalid value '${query.get('pageSize') ?? ''}'. Values must be within the range: [1, 1000]`;
    const item = { message, domain: 'global', reason: 'invalidParameter' };
    throw new GoogleError(
      400,
      message,
      [],
      [{ ...item, location: 'page_size', locationType: 'parameter' }],
    );
  }
  const order = fileOrder(query.get('orderBy') ?? 'modifiedTime desc');
  const matches = fileQuery(query.get('q'));
  const sorted = all.filter((file) => file.shared && matches(file)).toSorted(order);
  const start = pageStart(query.get('pageToken'));
  const files = sorted.slice(start, start + size);
  const end = start + files.length;
  return { files, ...(end < sorted.length ? { nextPageToken: tokenOf(end) } : {}) };
}

/** The stand-in has one user's drive and no shared drives, so "all drives" means that drive. */
function refuseOtherPlaces(query: URLSearchParams): void {
  const corpora = query.get('corpora') ?? 'user';
  if (!['user', 'allDrives'].includes(corpora)) {
    throw notImplemented(`the parameter corpora=${corpora}`);
  }
  const spaces = query.get('spaces') ?? 'drive';
  if (spaces !== 'drive') throw notImplemented(`the parameter spaces=${spaces}`);
  const withAllDrives = booleanParameter(query, 'includeItemsFromAllDrives');
  const allDrives = ['supportsAllDrives', 'supportsTeamDrives'].map((name) =>
    booleanParameter(query, name),
  );
  if (!withAllDrives || allDrives.includes(true)) return;
  const message = 'The supportsAllDrives parameter was not set to true.';
  const reason = 'supportsTeamDrivesRequired';
  throw new GoogleError(403, message, [], [{ message, domain: 'global', reason }]);
}

type Order = (a: Spreadsheet, b: Spreadsheet) => number;

const byModifiedTime: Order = (a, b) => a.modifiedTime.localeCompare(b.modifiedTime);

/** The sort keys that mean something here: there are no folders, and one user. */
const orders: ReadonlyMap<string, Order> = new Map<string, Order>([
  ['name', (a, b) => a.title.localeCompare(b.title, 'en', { numeric: true })],
  ['name_natural', (a, b) => a.title.localeCompare(b.title, 'en', { numeric: true })],
  ['modifiedTime', byModifiedTime],
  ['modifiedByMeTime', byModifiedTime],
  ['createdTime', (a, b) => a.createdTime.localeCompare(b.createdTime)],
  ['folder', () => 0],
]);

/** Drive's other sort keys (its reference of files.list). */
const otherOrders = ['quotaBytesUsed', 'recency', 'sharedWithMeTime', 'starred', 'viewedByMeTime'];

function fileOrder(orderBy: string): Order {
  const keys = orderBy.split(',').map((key): Order => {
    const [name = '', direction, ...more] = key.trim().split(/\s+/);
    if (otherOrders.includes(name)) throw notImplemented(`the parameter orderBy=${name}`);
    const order = orders.get(name);
    if (!order || more.length > 0 || (direction !== undefined && direction !== 'desc')) {
      throw invalidParameterValue('orderBy');
    }
    return direction === 'desc' ? (a, b) => -order(a, b) : order;
  });
  return (a, b) => keys.reduce((found, order) => found || order(a, b), 0);
}

const tokenOf = (start: number) => Buffer.from(`~${start}`).toString('base64url');

function pageStart(token: string | null): number {
  if (token === null || token === '') return 0;
  const start = /^~([0-9]+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1];
  if (start === undefined) throw invalidParameterValue('pageToken');
  return Number(start);
}
