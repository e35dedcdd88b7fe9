import {
  AI_FIELDS,
  byField,
  EDITABLE_FIELDS,
  webAddressOf,
  type Material,
} from '../../core/index.ts';
import type { MaterialRecord } from './repository.ts';

/** A row as the API gives it and as events carry it: core's `material`. */
export function presentMaterial(row: MaterialRecord): Material {
  return {
    id: row.id,
    ...byField(EDITABLE_FIELDS, (field) => row[field]),
    // A person may have typed `javascript:` into the sheet; there it stays.
    url: webAddressOf(row.url),
    metadata: row.metadata,
    ...byField(AI_FIELDS, (field) => row[field]),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    archivedAt: row.archivedAt === '' ? null : row.archivedAt,
  };
}

/**
 * The ETag: `"<revision>"`, and `"<revision>.<n>"` once analyses have written n times. A cache must notice
 * a new analysis. But an analysis must not make a teacher's edit stale. So If-Match compares only the part
 * before the dot.
 */
export function etagOf({ revision, aiRevision }: MaterialRecord): string {
  return aiRevision === 0 ? `"${revision}"` : `"${revision}.${aiRevision}"`;
}

/** The revision in one of our ETags, given without its quotes; undefined: it is none of ours. */
export function revisionOf(tag: string): number | undefined {
  const revision = /^([1-9]\d{0,15})(?:\.\d+)?$/.exec(tag)?.[1];
  return revision === undefined ? undefined : Number(revision);
}
