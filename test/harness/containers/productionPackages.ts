import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod/v4';

const namesSchema = z.record(z.string(), z.unknown()).optional();
const entrySchema = z.looseObject({
  dependencies: namesSchema,
  optionalDependencies: namesSchema,
  peerDependencies: namesSchema,
});
const lockSchema = z.looseObject({ packages: z.record(z.string(), entrySchema) });

/**
 * The folders that `npm ci --omit=dev --workspace <workspace>` fills, by package-lock.json: the
 * workspace's dependencies, theirs, and so on. Each name is looked up as Node.js does it.
 */
export function productionPackages(root: string, workspace: string): string[] {
  const text = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const { packages } = lockSchema.parse(JSON.parse(text));
  const found = new Set<string>();
  const visit = (path: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = packages[path] ?? {};
    const names = { ...dependencies, ...optionalDependencies, ...peerDependencies };
    for (const name of Object.keys(names)) {
      const folder = lookUp(packages, path, name);
      if (folder === undefined || found.has(folder)) continue;
      found.add(folder);
      visit(folder);
    }
  };
  visit(workspace);
  return [...found].sort();
}

function lookUp(packages: object, from: string, name: string): string | undefined {
  const above = from.split('/').map((_, at, parts) => parts.slice(0, parts.length - at).join('/'));
  return [...above, '']
    .map((folder) => (folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`))
    .find((path) => Object.hasOwn(packages, path));
}
