import { read } from '../../../nodes/shared/http/read.ts';

/**
 * A copy of a value with one change.
 *
 * @param path such as `nodes.0.name`
 * @param to undefined: the name is removed
 */
export function changed<T extends object>(value: T, path: string, to: unknown): T {
  const copy = structuredClone(value);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const holder = read(copy, ...names);
  if (typeof holder !== 'object' || holder === null) throw new Error(`Nothing is at ${path}.`);
  if (to === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, to);
  return copy;
}
