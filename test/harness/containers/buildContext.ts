import { readdirSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';

/**
 * Says which files of the repository reach a builder, by .dockerignore. Several patterns may match a path
 * or a folder above it: the last one counts.
 *
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function buildContext(root: string): (path: string) => boolean {
  const patterns = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ glob: line.replace(/^!/, ''), isIn: line.startsWith('!') }));
  return (path) => {
    const parts = path.split('/');
    const above = parts.map((_, at) => parts.slice(0, at + 1).join('/'));
    // Node's `*` matches no name that begins with a dot; Docker's does.
    const matches = (one: string, glob: string) => glob === '*' || matchesGlob(one, glob);
    const last = patterns.findLast(({ glob }) => above.some((one) => matches(one, glob)));
    return last?.isIn ?? true;
  };
}

/** All files of the repository below these folders that reach a builder. */
export function filesInContext(root: string, folders: readonly string[]): string[] {
  const reaches = buildContext(root);
  const walk = (path: string): string[] =>
    readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
      const below = `${path}/${entry.name}`;
      if (entry.name === 'node_modules') return [];
      if (entry.isDirectory()) return walk(below);
      return reaches(below) ? [below] : [];
    });
  return folders.flatMap(walk);
}
