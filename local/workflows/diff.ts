import { isDeepStrictEqual } from 'node:util';
import type { WorkflowInFile } from './files.ts';
import type { StoredWorkflow } from './instance.ts';

/** The parts of a node that a designer can change. */
const NODE_PARTS = [
  ...['type', 'typeVersion', 'position', 'parameters', 'credentials', 'onError'],
  ...['webhookId', 'disabled', 'notes', 'retryOnFail', 'maxTries', 'waitBetweenTries'],
  ...['executeOnce', 'alwaysOutputData'],
];

/**
 * Says in which parts a workflow in n8n differs from its file. n8n adds settings of its own, so only those
 * of the file count.
 *
 * @param stored undefined: n8n does not have it
 */
export function differences(file: WorkflowInFile, stored: StoredWorkflow | undefined): string[] {
  if (stored === undefined) return ['n8n does not have it. Import it.'];
  const lines: string[] = [];
  if (file.name !== stored.name) lines.push(`The name in n8n is "${stored.name}".`);
  const inFile = new Map(file.nodes.map((node) => [node.name, node]));
  const inN8n = new Map(stored.nodes.map((node) => [node.name, node]));
  for (const [name, node] of inFile) {
    const other = inN8n.get(name);
    if (other === undefined) lines.push(`The node "${name}" is only in the file.`);
    else
      lines.push(
        ...changedPaths(node, other, NODE_PARTS).map(
          (path) => `The node "${name}" differs in ${path}.`,
        ),
      );
  }
  for (const name of inN8n.keys()) {
    if (!inFile.has(name)) lines.push(`The node "${name}" is only in n8n.`);
  }
  if (!isDeepStrictEqual(plain(file.connections), plain(stored.connections))) {
    lines.push('The connections differ.');
  }
  const settings = changedPaths(file.settings, stored.settings, Object.keys(file.settings));
  return [...lines, ...settings.map((path) => `The setting ${path} differs.`)];
}

/** Both sides as JSON has them, so that a missing value equals undefined. */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value ?? null);
  const parsed: unknown = JSON.parse(text);
  return parsed;
}

/** The names of the parts that differ; of objects, the names inside them, as `parameters.operation`. */
function changedPaths(one: object, other: object, parts: readonly string[]): string[] {
  return parts.flatMap((part) => {
    const a = plain(Reflect.get(one, part));
    const b = plain(Reflect.get(other, part));
    if (isDeepStrictEqual(a, b)) return [];
    if (!isObject(a) || !isObject(b)) return [part];
    const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
    return names
      .filter((name) => !isDeepStrictEqual(Reflect.get(a, name), Reflect.get(b, name)))
      .map((name) => `${part}.${name}`);
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
