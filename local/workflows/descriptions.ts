import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeTypeDescription } from 'n8n-workflow';
import * as z from 'zod/v4-mini';
import { n8nFolder } from '../setup/n8nFolder.mjs';

/** The descriptions of a node type, one for each version, by its full name. */
export type Descriptions = (type: string) => readonly INodeTypeDescription[];

const BUILT_IN = {
  'n8n-nodes-base': 'n8n-nodes-base',
  '@n8n/n8n-nodes-langchain': '@n8n/n8n-nodes-langchain',
};

const OWN = 'n8n-nodes-digital-materi';

/**
 * Reads the descriptions of n8n's own nodes from the installed n8n, and of our nodes from `dist`.
 *
 * @throws Error that says what to run if n8n is not installed or our nodes are not built
 */
export function readDescriptions(project: string): Descriptions {
  const types = new Map<string, INodeTypeDescription[]>();
  const add = (prefix: string, description: INodeTypeDescription) => {
    const name = `${prefix}.${description.name}`;
    types.set(name, [...(types.get(name) ?? []), description]);
  };
  const modules = join(n8nFolder(project), 'node_modules');
  for (const [prefix, folder] of Object.entries(BUILT_IN)) {
    const file = join(modules, folder, 'dist', 'types', 'nodes.json');
    if (!existsSync(file))
      throw new Error('n8n is not installed: run `node local/setup.mjs` first.');
    for (const description of readJson(file)) add(prefix, description);
  }
  for (const description of ownDescriptions(project)) add(OWN, description);
  return (type) => types.get(type) ?? [];
}

/** n8n's own file, made by its build: an array of descriptions. */
function readJson(file: string): INodeTypeDescription[] {
  const isDescription = (one: unknown) => typeof one === 'object' && one !== null && 'name' in one;
  return z
    .array(z.custom<INodeTypeDescription>(isDescription))
    .parse(JSON.parse(readFileSync(file, 'utf8')));
}

const packageSchema = z.object({ n8n: z.object({ nodes: z.array(z.string()) }) });
type NodeClass = new () => { description: INodeTypeDescription };

function ownDescriptions(project: string): INodeTypeDescription[] {
  const require = createRequire(join(project, 'package.json'));
  const { n8n } = packageSchema.parse(require('./package.json'));
  return n8n.nodes.flatMap((path) => {
    const file = join(project, path);
    if (!existsSync(file)) throw new Error('Our nodes are not built: run `npm run build` first.');
    const exported: unknown = require(file);
    return Object.values(exported ?? {})
      .filter(isNodeClass)
      .map((Node) => new Node().description);
  });
}

/** A compiled module also exports the mark `__esModule`. */
function isNodeClass(one: unknown): one is NodeClass {
  return typeof one === 'function';
}
