import { PortalError } from '../errors.ts';

/** A node of the tree: what comes after the parts of a path so far. */
interface Node<T> {
  readonly parts: Map<string, Node<T>>;
  parameter: { readonly name: string; readonly node: Node<T> } | undefined;
  value: T | undefined;
}

/** The values of a path's parameters, by name: `{ id: '7' }` for `/jobs/7` and the route `/jobs/:id`. */
export type Params = Readonly<Record<string, string>>;

/**
 * Values by path, such as `/jobs/:id/events`. A path is found with one look for each of its parts. Express
 * tries the pattern of one route after the other: that took 10 % of `GET /api/jobs/:id` (bench:api).
 *
 * As in Express, upper and lower case are the same, and one slash may follow.
 */
export class RouteTable<T> {
  readonly #root = emptyNode<T>();

  /** @throws Error if the table has the path already, or another name for one of its parameters */
  add(path: string, value: T): void {
    let node = this.#root;
    for (const part of partsOf(path)) {
      node = part.startsWith(':') ? parameterOf(node, part.slice(1)) : partOf(node, part);
    }
    if (node.value !== undefined) throw new Error(`The path ${path} is in the table already.`);
    node.value = value;
  }

  /**
   * A fixed part goes before a parameter: `/jobs/bulk-retry` is not the job `bulk-retry`.
   *
   * @param path as the client sent it, without its query
   * @throws PortalError `malformed` if a parameter has a wrong %-escape
   */
  find(path: string): { readonly value: T; readonly params: Params } | undefined {
    const params: Record<string, string> = {};
    const value = find(this.#root, partsOf(path), 0, params);
    return value === undefined ? undefined : { value, params };
  }
}

const emptyNode = <T>(): Node<T> => ({ parts: new Map(), parameter: undefined, value: undefined });

function partsOf(path: string): string[] {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return path.slice(1, end).split('/');
}

function partOf<T>(node: Node<T>, part: string): Node<T> {
  const known = node.parts.get(part) ?? emptyNode<T>();
  node.parts.set(part, known);
  return known;
}

function parameterOf<T>(node: Node<T>, name: string): Node<T> {
  node.parameter ??= { name, node: emptyNode<T>() };
  if (node.parameter.name === name) return node.parameter.node;
  throw new Error(`A parameter is called ${node.parameter.name} and ${name}.`);
}

function find<T>(
  node: Node<T>,
  parts: readonly string[],
  at: number,
  params: Record<string, string>,
): T | undefined {
  const part = parts[at];
  if (part === undefined) return node.value;
  const fixed = node.parts.get(part) ?? node.parts.get(part.toLowerCase());
  const found = fixed && find(fixed, parts, at + 1, params);
  const { parameter } = node;
  if (found !== undefined || parameter === undefined || part === '') return found;
  const value = find(parameter.node, parts, at + 1, params);
  if (value !== undefined) params[parameter.name] = decoded(part);
  return value;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    const message = 'The address cannot be decoded: it has a wrong %-escape.';
    throw new PortalError('malformed', message);
  }
}
