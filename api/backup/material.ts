import { z } from 'zod/v4';
import { materialId, metadata } from '../../core/index.ts';
import type { MergedField } from '../sync/merge.ts';

const text = z.string();

/** A material as a backup holds it: every text to the letter. */
export const savedMaterial = z.object({
  id: materialId,
  subject: text,
  title: text,
  description: text,
  type: text,
  level: text,
  theme: text,
  subtheme: text,
  url: text,
  aiSummary: text,
  aiStatus: text,
  aiSource: text,
  metadata,
  /** Both values of cells that nobody has decided on yet, by field, as the read model has them. */
  conflicts: z.record(text, z.unknown()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
}) satisfies z.ZodType<Record<MergedField, string>>;
export type SavedMaterial = z.infer<typeof savedMaterial>;

/** One material a line, so that two days' files can be compared. */
export function toJson(materials: readonly SavedMaterial[]): string {
  return `[\n${materials.map((material) => JSON.stringify(material)).join(',\n')}\n]\n`;
}

/** @throws ZodError, SyntaxError */
export function fromJson(json: string): SavedMaterial[] {
  return z.array(savedMaterial).parse(JSON.parse(json));
}
