/**
 * A record's own entry. `record[name]` would find `toString` in every record, and names of metadata
 * come from outside.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
