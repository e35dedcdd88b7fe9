/** A map with some entries replaced or added; the same map if there are none. */
export function withAll<K, V>(
  map: ReadonlyMap<K, V>,
  entries: ReadonlyMap<K, V>,
): ReadonlyMap<K, V> {
  if (entries.size === 0) return map;
  const all = new Map(map);
  for (const [key, value] of entries) all.set(key, value);
  return all;
}
