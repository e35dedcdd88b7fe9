import { webAddressOf, type Material } from '../../core/index.ts';
import type { MaterialRecord } from './repository.ts';

/** A row as the API gives it and as events carry it: core's `material`. */
export function presentMaterial(row: MaterialRecord): Material {
  const { id, subject, title, description, type, level, theme, subtheme, metadata } = row;
  return {
    id,
    subject,
    title,
    description,
    type,
    level,
    theme,
    subtheme,
    // A person may have typed `javascript:` into the sheet; there it stays.
    url: webAddressOf(row.url),
    metadata,
    aiSummary: row.ai_summary,
    aiStatus: row.ai_status,
    aiSource: row.ai_source,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/**
 * The ETag: `"<revision>"`, and `"<revision>.<n>"` once analyses have written n times. A cache has to
 * see a new analysis; a teacher's edit must not be stale because of one, so If-Match compares the
 * part before the dot.
 */
export function etagOf({ revision, ai_revision }: MaterialRecord): string {
  return ai_revision === 0 ? `"${revision}"` : `"${revision}.${ai_revision}"`;
}

/** The revision in one of our ETags, given without its quotes; undefined: it is none of ours. */
export function revisionOf(tag: string): number | undefined {
  const revision = /^([1-9]\d{0,15})(?:\.\d+)?$/.exec(tag)?.[1];
  return revision === undefined ? undefined : Number(revision);
}
