import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs';
import { rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { filesInContext } from './buildContext.ts';
import { copiesOf, readDockerfile } from './dockerfile.ts';
import { productionPackages } from './productionPackages.ts';

/** A folder with what the image of the API has in /app. */
export interface UnpackedImage {
  readonly path: string;
  /** Every file and folder in it but the packages. */
  files(): string[];
  remove(): void;
}

/**
 * Does the steps of api/Dockerfile without an engine. It copies the files that the last stage copies, and
 * links the packages that npm would install. Nobody may write in the folder.
 */
export function unpackApiImage(): UnpackedImage {
  const path = mkdtempSync(join(tmpdir(), 'materi-image-'));
  for (const { stage, sources, target } of copiesOf(readDockerfile('api/Dockerfile').at(-1))) {
    if (stage === null) copyFiles(sources, join(path, target), target.endsWith('/'));
    else linkPackages(path);
  }
  const files = () => entriesOf(path);
  const folders = () => [path, ...files().filter((entry) => statSync(entry).isDirectory())];
  for (const folder of folders()) chmodSync(folder, 0o555);
  return {
    path,
    files,
    remove: () => {
      for (const folder of folders()) chmodSync(folder, 0o755);
      rmSync(path, { recursive: true });
    },
  };
}

function entriesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? [path, ...entriesOf(path)] : [path];
  });
}

/** The user `nobody`, if this process is root and that user may read the project; otherwise this user. */
export function userOfContainer(): { uid?: number; gid?: number } {
  const isRoot = process.getuid?.() === 0;
  const above = (path: string): string[] =>
    path === dirname(path) ? [path] : [path, ...above(dirname(path))];
  const mayRead = [process.execPath, resolve('node_modules')].every((path) =>
    above(path).every((folder) => (statSync(folder).mode & 0o001) !== 0),
  );
  return isRoot && mayRead ? { uid: 65_534, gid: 65_534 } : {};
}

/** COPY puts a file into the target folder, and the content of a folder. */
function copyFiles(sources: readonly string[], target: string, isFolder: boolean): void {
  for (const source of sources) {
    if (statSync(source).isDirectory()) {
      for (const file of filesInContext('.', [source])) {
        cpSync(file, join(target, file.slice(source.length + 1)));
      }
    } else {
      cpSync(source, isFolder ? join(target, source.split('/').at(-1) ?? '') : target);
    }
  }
}

function linkPackages(image: string): void {
  for (const folder of productionPackages('.', 'api')) {
    // A package inside another one comes along with it.
    if (folder.split('node_modules/').length > 2) continue;
    mkdirSync(dirname(join(image, folder)), { recursive: true });
    symlinkSync(resolve(folder), join(image, folder));
  }
}
