import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where sets of backups are: a folder, or a prefix in a bucket of S3. */
export type BackupLocation =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 's3';
      readonly bucket: string;
      /** Without slashes at its ends; may be empty. */
      readonly prefix: string;
    };

/** The two forms of a backup's address, for messages. */
export const LOCATION_FORM = 'file:///folder or s3://bucket/prefix';

/** @returns null if the text is neither `file:///…` nor `s3://bucket[/prefix]` */
export function parseLocation(text: string): BackupLocation | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') return null;
  if (url.protocol === 'file:' && url.hostname === '') {
    return { kind: 'folder', path: fileURLToPath(url) };
  }
  if (url.protocol === 's3:' && url.hostname !== '') {
    const prefix = decodeURIComponent(url.pathname).replace(/^\/+|(?<!\/)\/+$/g, '');
    return { kind: 's3', bucket: url.hostname, prefix };
  }
  return null;
}

/** Like parseLocation. A text that is no URL is the path of a folder, relative to the current one. */
export function parseLocationOrPath(text: string): BackupLocation | null {
  return parseLocation(
    /^[a-z][a-z0-9+.-]+:/i.test(text) ? text : pathToFileURL(resolve(text)).href,
  );
}

/** The location that contains this one, and its name there. */
export function parentOf(location: BackupLocation): { parent: BackupLocation; name: string } {
  const path = location.kind === 'folder' ? location.path : location.prefix;
  const parts = path.replace(/(?<!\/)\/+$/, '').split('/');
  const name = parts.pop() ?? '';
  const above = parts.join('/');
  return {
    name,
    parent:
      location.kind === 'folder'
        ? { ...location, path: above || '/' }
        : { ...location, prefix: above },
  };
}

/** The location as people write it. */
export function locationText(location: BackupLocation): string {
  return location.kind === 'folder'
    ? location.path
    : `s3://${location.bucket}/${location.prefix}`.replace(/\/$/, '');
}
