import { z } from 'zod/v4';
import { byField, materialIdSchema, MERGED_FIELDS, metadataSchema } from '../../core/index.ts';

const textSchema = z.string();

/** A material as a backup holds it: every text to the letter. */
export const savedMaterialSchema = z.object({
  id: materialIdSchema,
  ...byField(MERGED_FIELDS, () => textSchema),
  /** Backups of earlier versions do not have it: no material was archived then. */
  archivedAt: textSchema.default(''),
  metadata: metadataSchema,
  /** Both values of cells that nobody has decided on yet, by field, as the read model has them. */
  conflicts: z.record(textSchema, z.unknown()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type SavedMaterial = z.infer<typeof savedMaterialSchema>;

/** One material a line, so that two days' files can be compared. */
export function toJson(materials: readonly SavedMaterial[]): string {
  return `[\n${materials.map((material) => JSON.stringify(material)).join(',\n')}\n]\n`;
}

/** @throws ZodError, SyntaxError */
export function fromJson(json: string): SavedMaterial[] {
  return z.array(savedMaterialSchema).parse(JSON.parse(json));
}
