import { createHash } from 'node:crypto';
import * as z from 'zod/v4-mini';
import { TEXT_FIELDS, type TextField } from './columns.ts';
import { CELL_LIMIT, trimmedText } from './givenText.ts';
import { givenMetadata, metadata } from './metadata.ts';
import { comparable } from './text.ts';
import { LEVELS, levelOf, subjectOf, typeOf } from './vocabulary.ts';
import { WEB_ADDRESS_LIMIT, webAddressOf } from './webAddress.ts';

/** A material's identity: a UUIDv7, in the column MATERIAL_ID. */
export const materialId = z.uuid().brand<'MaterialId'>();
export type MaterialId = z.infer<typeof materialId>;

const optionalText = z._default(trimmedText(CELL_LIMIT), '');
const requiredText = trimmedText(CELL_LIMIT, 1);

const level = z.pipe(
  z.pipe(
    trimmedText(CELL_LIMIT),
    z.transform((text) => levelOf(text) ?? text),
  ),
  z.enum(LEVELS, `must be one of ${LEVELS.join(', ')}, or a class from 1 to 12`),
);

const webAddress = z._default(
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

/** What a teacher sends to add a material. Subject, type and level are put under their catalog names. */
export const newMaterial = z.strictObject({
  subject: z.pipe(requiredText, z.transform(subjectOf)),
  title: requiredText,
  description: optionalText,
  type: z.pipe(requiredText, z.transform(typeOf)),
  level,
  theme: optionalText,
  subtheme: optionalText,
  url: webAddress,
  metadata: z._default(givenMetadata, {}),
});
export type NewMaterial = z.infer<typeof newMaterial>;

/** The seven texts of a material: what an analysis reads. */
export const materialText = z.object({
  subject: z.string(),
  title: z.string(),
  description: z.string(),
  type: z.string(),
  level: z.string(),
  theme: z.string(),
  subtheme: z.string(),
});
export type MaterialText = Record<TextField, string>;

/** A material as the API gives it and as events carry it. */
export const material = z.object({
  id: materialId,
  ...materialText.shape,
  url: z.string(),
  metadata,
  aiSummary: z.string(),
  aiStatus: z.string(),
  aiSource: z.string(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type Material = z.infer<typeof material>;

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
