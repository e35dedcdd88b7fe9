/**
 * Reads a value in JSON of unknown shape, key by key. The value is undefined if a key is missing. Nodes read
 * other services' answers with it: an undocumented shape gives a missing value, not a TypeError in the
 * middle of a workflow.
 */
export function read(value: unknown, ...path: ReadonlyArray<string | number>): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}

export function readText(value: unknown, ...path: ReadonlyArray<string | number>): string {
  const found = read(value, ...path);
  return typeof found === 'string' ? found : '';
}

/** A whole number of 0 or more; 0 where there is none. */
export function readCount(value: unknown, ...path: ReadonlyArray<string | number>): number {
  const found = read(value, ...path);
  return typeof found === 'number' && Number.isInteger(found) && found > 0 ? found : 0;
}

export function readList(value: unknown, ...path: ReadonlyArray<string | number>): unknown[] {
  const found = read(value, ...path);
  return Array.isArray(found) ? found : [];
}
