import type { ContentRow, ListedContentRow } from './repository.ts';
import type { Content, ListedContent } from './schemas.ts';

export function presentContent(row: ContentRow): Content {
  return { ...presentListedContent(row), body: row.body };
}

export function presentListedContent(row: ListedContentRow): ListedContent {
  return {
    id: row.id,
    materialId: row.materialId,
    subject: row.subject,
    level: row.level,
    kind: row.kind,
    title: row.title,
    status: row.status,
    jobId: row.jobId,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
