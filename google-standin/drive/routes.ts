import type { BearerCheck } from '../access/bearer.ts';
import { applyFields, parseMask, type Mask } from '../http/fieldMask.ts';
import { GoogleError, notImplemented } from '../http/googleError.ts';
import type { Answer, Route } from '../http/route.ts';
import { driveNames, refuseLackingParameters, unknownPaths } from '../names/index.ts';
import type { Spreadsheet } from '../sheets/model/spreadsheet.ts';
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

/** The fields of a file that the stand-in has. */
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

const supports = ['supportsAllDrives', 'supportsTeamDrives'];

const listParameters = [
  'corpora',
  'includeItemsFromAllDrives',
  'orderBy',
  'pageSize',
  'pageToken',
  'q',
  'spaces',
  ...supports,
];

/**
 * Drive v3: `files.get`, whose `version` grows with every change, and `files.list`, by which clients
 * let a person pick a spreadsheet. Drive takes no notice of a parameter that it does not know
 * (measured in brekkylab/backlot).
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
        refuseLackingParameters(driveNames, 'files.get', url.searchParams, supports);
        const fileId = params['fileId'] ?? '';
        const file = store.get(fileId);
        if (!file?.shared) throw notFound(fileId);
        const resource = fileResource(file, root());
        const fields = url.searchParams.get('fields');
        if (fields === null) {
          const { kind, id, name } = resource;
          return { body: { kind, id, name, mimeType } };
        }
        const mask = parseMask(fields);
        refuseUnknown('File', mask);
        refuseLacking(mask, resource);
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
        refuseLackingParameters(driveNames, 'files.list', url.searchParams, listParameters);
        const list = listFiles(store.list(), url.searchParams);
        const files = list.files.map((file) => fileResource(file, root()));
        const { nextPageToken } = list;
        const next = nextPageToken === undefined ? {} : { nextPageToken };
        const answer = { kind: 'drive#fileList', incompleteSearch: false, ...next, files };
        const byDefault = 'kind,incompleteSearch,nextPageToken,files(kind,id,name,mimeType)';
        const fields = url.searchParams.get('fields') ?? byDefault;
        const mask = parseMask(fields);
        refuseUnknown('FileList', mask);
        for (const file of files) refuseLacking(mask.get('files') ?? new Map(), file);
        return { body: applyFields(answer, fields) };
      },
    },
  ];
}

/** The answer for a file that is not shared with the caller is the same as for an unknown file. */
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

/** @throws GoogleError 400 naming the first field that Drive does not know */
function refuseUnknown(message: 'File' | 'FileList', mask: Mask): void {
  const [unknown] = unknownPaths(driveNames, message, mask);
  if (unknown !== undefined) throw invalidField(unknown.replaceAll('.', '/'));
}

/** @throws GoogleError 501 naming the first field that Drive knows and the stand-in lacks */
function refuseLacking(mask: Mask, file: object): void {
  const lacking = [...mask.keys()].find((name) => name !== '*' && !(name in file));
  if (lacking !== undefined) throw notImplemented(`the field ${lacking} of a file`);
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
