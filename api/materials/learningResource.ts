import { z } from 'zod/v4';
import type { Material } from '../../core/index.ts';

/** The media type of JSON-LD (w3.org/TR/json-ld11, section "IANA Considerations"). */
export const LINKED_DATA = 'application/ld+json';

const thingSchema = z.strictObject({ '@type': z.literal('Thing'), name: z.string() });

/**
 * A material for other catalogs: a LearningResource (schema.org/LearningResource) as JSON-LD. An empty text
 * has no property.
 */
export const learningResourceSchema = z
  .strictObject({
    '@context': z.literal('https://schema.org'),
    '@type': z.literal('LearningResource'),
    /** `urn:uuid:` and the id: the same wherever the portal runs. */
    '@id': z.string(),
    identifier: z.string(),
    name: z.string(),
    description: z.string().optional(),
    /** The summary that a model wrote. */
    abstract: z.string().optional(),
    learningResourceType: z.string().optional(),
    /** Such as `Fase B`. */
    educationalLevel: z.string().optional(),
    /** Subject, theme and subtheme, the widest first. */
    about: z.array(thingSchema),
    inLanguage: z.literal('id'),
    /** Where the material itself is. */
    url: z.string().optional(),
    /** Left out: it is not archived. */
    creativeWorkStatus: z.literal('Archived').optional(),
    dateCreated: z.iso.datetime(),
    dateModified: z.iso.datetime(),
  })
  .meta({ id: 'LearningResource' });
export type LearningResource = z.infer<typeof learningResourceSchema>;

/**
 * Metadata has no property of schema.org. `archivedAt` is not used: there it is the address of a copy in an
 * archive.
 */
export function presentLearningResource(material: Material): LearningResource {
  const { id, subject, theme, subtheme } = material;
  return {
    '@context': 'https://schema.org',
    '@type': 'LearningResource',
    '@id': `urn:uuid:${id}`,
    identifier: id,
    name: material.title,
    description: given(material.description),
    abstract: given(material.aiSummary),
    learningResourceType: given(material.type),
    educationalLevel: given(material.level),
    about: [subject, theme, subtheme]
      .filter((name) => name !== '')
      .map((name) => ({ '@type': 'Thing', name })),
    inLanguage: 'id',
    url: given(material.url),
    creativeWorkStatus: material.archivedAt === null ? undefined : 'Archived',
    dateCreated: material.createdAt,
    dateModified: material.updatedAt,
  };
}

const given = (text: string) => (text === '' ? undefined : text);

/** The ETag of this form: a strong ETag may not name two forms (RFC 9110, section 8.8.3). */
export function linkedDataEtag(etag: string): string {
  return etag.replace(/^"/, '"ld-');
}
