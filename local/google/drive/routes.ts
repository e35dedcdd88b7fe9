import type { BearerCheck } from '../access/bearer.ts';
import { applyFields, parseMask } from '../http/fieldMask.ts';
import { GoogleError } from '../http/googleError.ts';
import type { Answer, Route } from '../http/route.ts';
import type { Spreadsheet } from '../sheets/model.ts';
import type { Store } from '../store/store.ts';
import { listFiles } from './list.ts';
import { spreadsheetMimeType as mimeType } from './query.ts';

const scopes = [
  'drive',
  'drive.readonly',
  'drive.file',
  'drive.metadata',
  'drive.metadata.readonly',
];

/** Fields of a file that Google has and the stand-in knows; others are refused as Google does. */
function fileResource(file: Spreadsheet, root: string) {
  return {
    kind: 'drive#file',
    id: file.spreadsheetId,
    name: file.title,
    mimeType,
    version: String(file.version),
    createdTime: file.createdTime,
    modifiedTime: file.modifiedTime,
    trashed: false,
    webViewLink: `${root}/sheet/${file.spreadsheetId}`,
  };
}

/**
 * Drive v3: `files.get`, whose `version` grows with every change, and `files.list`, by which clients
 * let a person pick a spreadsheet.
 */
export function driveRoutes(store: Store, bearer: BearerCheck, root: () => string): Route[] {
  return [
    {
      verb: 'GET',
      path: /^\/drive\/v3\/files\/(?<fileId>[^/]+)$/,
      service: 'drive',
      method: 'files.get',
      handle: ({ headers, params, url }): Answer => {
        const method = 'google.apps.drive.v3.DriveFiles.Get';
        bearer.require(headers, { host: 'www.googleapis.com', method, scopes, drive: true });
        const fileId = params['fileId'] ?? '';
        const file = store.get(fileId);
        if (!file?.shared) throw notFound(fileId);
        const resource = fileResource(file, root());
        const fields = url.searchParams.get('fields');
        if (fields === null) {
          const { kind, id, name } = resource;
          return { body: { kind, id, name, mimeType } };
        }
        const unknown = Object.keys(parseMask(fields)).find((f) => f !== '*' && !(f in resource));
        if (unknown !== undefined) throw invalidField(unknown);
        return { body: applyFields(resource, fields) };
      },
    },
    {
      verb: 'GET',
      path: /^\/drive\/v3\/files$/,
      service: 'drive',
      method: 'files.list',
      handle: ({ headers, url }): Answer => {
        const method = 'google.apps.drive.v3.DriveFiles.List';
        bearer.require(headers, { host: 'www.googleapis.com', method, scopes, drive: true });
        const list = listFiles(store.list(), url.searchParams);
        const files = list.files.map((file) => fileResource(file, root()));
        const { nextPageToken } = list;
        const next = nextPageToken === undefined ? {} : { nextPageToken };
        const answer = { kind: 'drive#fileList', incompleteSearch: false, ...next, files };
        const fields = url.searchParams.get('fields');
        const byDefault = `kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)`;
        const unknown = Object.keys(parseMask(fields ?? byDefault)).find(
          (f) => !['*', 'kind', 'incompleteSearch', 'nextPageToken', 'files'].includes(f),
        );
        if (unknown !== undefined) throw invalidField(unknown);
        return { body: applyFields(answer, fields ?? byDefault) };
      },
    },
  ];
}

/** A file that is not shared with the caller is answered like one that is not there. */
function notFound(fileId: string): GoogleError {
  const message = `File not found: ${fileId}.`;
  const location = { location: 'fileId', locationType: 'parameter' };
  return new GoogleError(
    404,
    message,
    [],
    [{ message, domain: 'global', reason: 'notFound', ...location }],
  );
}

function invalidField(field: string): GoogleError {
  const message = `Invalid field selection ${field}`;
  const location = { location: 'fields', locationType: 'parameter' };
  return new GoogleError(
    400,
    message,
    [],
    [{ message, domain: 'global', reason: 'invalidParameter', ...location }],
  );
}
