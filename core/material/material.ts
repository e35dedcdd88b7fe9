import { createHash } from 'node:crypto';
import * as z from 'zod/v4-mini';
import { AI_FIELDS, byField, EDITABLE_FIELDS, TEXT_FIELDS, type TextField } from './columns.ts';
import { CELL_LIMIT, trimmedText } from './givenText.ts';
import { givenMetadataSchema, metadataSchema } from './metadata.ts';
import { comparable } from './text.ts';
import { LEVELS, levelNameOf, levelsOf, subjectOf, typeOf } from './vocabulary/index.ts';
import { WEB_ADDRESS_LIMIT, webAddressOf } from './webAddress.ts';

/** A material's identity: a UUIDv7, in the column MATERIAL_ID. */
export const materialIdSchema = z.uuid().brand<'MaterialId'>();
export type MaterialId = z.infer<typeof materialIdSchema>;

const optionalTextSchema = z._default(trimmedText(CELL_LIMIT), '');
const requiredTextSchema = trimmedText(CELL_LIMIT, 1);

/** A material may fit several levels: `Kelas 4-5` becomes `Fase B, Fase C`. */
const levelSchema = z.pipe(
  trimmedText(CELL_LIMIT).check(
    z.refine(
      (text) => levelsOf(text).length > 0,
      `must be one or more of ${LEVELS.join(', ')}, or classes from 1 to 12`,
    ),
  ),
  z.transform(levelNameOf),
);

const webAddressSchema = z._default(
  z.pipe(
    trimmedText(WEB_ADDRESS_LIMIT),
    z
      .string()
      .check(
        z.refine(
          (text) => text === '' || webAddressOf(text) !== '',
          'must be a web address that begins with http:// or https:// and has no blanks',
        ),
      ),
  ),
  '',
);

/** The material that a teacher adds. Subject, type and level get their catalog names. */
export const newMaterialSchema = z.strictObject({
  subject: z.pipe(requiredTextSchema, z.transform(subjectOf)),
  title: requiredTextSchema,
  description: optionalTextSchema,
  type: z.pipe(requiredTextSchema, z.transform(typeOf)),
  level: levelSchema,
  theme: optionalTextSchema,
  subtheme: optionalTextSchema,
  url: webAddressSchema,
  metadata: z._default(givenMetadataSchema, {}),
});
export type NewMaterial = z.infer<typeof newMaterialSchema>;

/** The seven texts of a material: what an analysis reads. */
export const materialTextSchema = z.object(byField(TEXT_FIELDS, () => z.string()));
export type MaterialText = Record<TextField, string>;

/** A material as the API gives it and as events carry it. */
export const materialSchema = z.object({
  id: materialIdSchema,
  ...byField(EDITABLE_FIELDS, () => z.string()),
  metadata: metadataSchema,
  ...byField(AI_FIELDS, () => z.string()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /**
   * The text of ARCHIVED_AT: a time in ISO 8601 from the portal, or any text that a person typed. Null: the
   * material is not archived. An earlier version of the portal leaves it out.
   */
  archivedAt: z._default(z.nullable(z.string()), null),
});
export type Material = z.infer<typeof materialSchema>;

/**
 * SHA-256, in hex, of the seven texts as they are compared (trimmed, NFC). Equal hashes mean there
 * is nothing to analyse again.
 */
export function textHash(text: MaterialText): string {
  const texts = TEXT_FIELDS.map((field) => comparable(text[field]));
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

/** Whether AI_SOURCE (prompt version and hash) names an analysis of exactly these texts. */
export function isAnalysisOf(aiSource: string, text: MaterialText): boolean {
  return aiSource.endsWith(`:${textHash(text)}`);
}
