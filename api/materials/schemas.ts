import { z } from 'zod/v4';
import {
  givenText,
  jobIdSchema,
  materialIdSchema,
  metadataSchema,
  materialSchema,
  newMaterialSchema,
} from '../../core/index.ts';
import { pageQuerySchema, pageSchema } from '../http/page.ts';
import { jobSchema } from '../jobs/schemas.ts';

/** As many values as the facets of an answer have. */
const MOST_FACET_VALUES = 50;

z.globalRegistry.add(materialSchema, { id: 'Material' });
z.globalRegistry.add(newMaterialSchema, { id: 'NewMaterial' });
// JSON Schema cannot say all of its rules.
const metadataForm = { type: 'object', additionalProperties: { type: 'string' } };
z.globalRegistry.add(newMaterialSchema.shape.metadata, metadataForm);
z.globalRegistry.add(metadataSchema, metadataForm);

/** One text, or the same parameter several times: a material with any of them is found. */
const facetValuesSchema = z
  .union([
    givenText(200),
    z.array(givenText(200)).max(MOST_FACET_VALUES, `at most ${MOST_FACET_VALUES} are taken`),
  ])
  .transform((given) => [given].flat())
  .optional();

export const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  include: z
    .enum(['metadata', 'whole'])
    .optional()
    .describe('`metadata`: with further columns. `whole`: with these, and no text is cut.'),
  /** Words to search for; the last one may be unfinished. */
  q: z.optional(givenText(200)),
  /** `MTK` and `Matematika` find the same. */
  subject: facetValuesSchema,
  /** A Fase or a class. A material of several levels is found under each of them. */
  level: facetValuesSchema,
  type: facetValuesSchema,
  theme: facetValuesSchema,
  subtheme: facetValuesSchema,
  analysis: z.enum(['none', 'completed', 'failed']).optional(),
  /** `relevance` if `q` is given and this is left out. */
  sort: z.enum(['newest', 'relevance']).optional(),
  archived: z
    .enum(['true', 'false'])
    .default('false')
    .describe(
      'With `true`, archived materials are listed and counted as well; without, they are left out.',
    ),
  /** Whether to count the matches, also by the values of each filter. */
  facets: z.enum(['true', 'false']).default('false'),
});
export type ListQuery = z.infer<typeof listQuerySchema>;
export const paramsSchema = z.object({ id: materialIdSchema });
export const conflictParamsSchema = z.object({ id: materialIdSchema, field: z.string() });
export const resolutionSchema = z.strictObject({ keep: z.enum(['sheet', 'portal']) });

/** Anything: readEdit checks only the fields that differ from the material's row. */
export const replacementSchema = z
  .unknown()
  .meta({ allOf: [{ $ref: '#/components/schemas/NewMaterial' }] });

/** A material as lists give it. `GET /api/materials/{id}` gives every text whole. */
export const listedMaterialSchema = z
  .strictObject({
    ...materialSchema.shape,
    /** Only if it was asked for. */
    metadata: z.optional(metadataSchema),
    /** Which texts go on after the 300 characters that are here: `description`, `metadata.Catatan`. */
    cut: z.array(z.string()),
  })
  .meta({ id: 'ListedMaterial' });
export type ListedMaterial = z.infer<typeof listedMaterialSchema>;

const facetSchema = z.array(z.strictObject({ value: z.string(), count: z.int() })).readonly();
export const materialPageSchema = z.strictObject({
  ...pageSchema(listedMaterialSchema).shape,
  /** How many materials match; only with `facets=true`. */
  total: z.int().optional(),
  /** The values of each filter, and how many materials match them together with the other filters. */
  facets: z
    .strictObject({
      subject: facetSchema,
      level: facetSchema,
      type: facetSchema,
      theme: facetSchema,
      subtheme: facetSchema,
      analysis: facetSchema,
    })
    .optional(),
  /** Words of `q` that no material has, and the similar words that were searched for as well. */
  corrections: z
    .array(z.strictObject({ from: z.string(), to: z.array(z.string()).readonly() }))
    .readonly()
    .optional(),
});
export type MaterialPage = z.infer<typeof materialPageSchema>;

/**
 * Both values of a cell that a person changed in the sheet while the portal changed it too. The material
 * shows the sheet's value. `at` is when sync found the conflict, ISO 8601.
 */
const conflictSchema = z
  .object({ sheet: z.string(), portal: z.string(), at: z.string() })
  .meta({ id: 'Conflict' });
export type Conflict = z.infer<typeof conflictSchema>;

/** By field. */
export const conflictsSchema = z.record(z.string(), conflictSchema);

/** A job's result, with which job gave it and when. */
const shownAnalysisSchema = z
  .looseObject({ jobId: jobIdSchema, completedAt: z.iso.datetime().nullable() })
  .meta({ id: 'ShownAnalysis' });

export const shownMaterialSchema = z.strictObject({
  material: materialSchema,
  analysis: shownAnalysisSchema.nullable(),
  conflicts: conflictsSchema,
});
export type ShownMaterial = z.infer<typeof shownMaterialSchema>;

export const createdSchema = z.strictObject({ material: materialSchema, job: jobSchema });
export type Created = z.infer<typeof createdSchema>;

export const archivedSchema = z.strictObject({ material: materialSchema });
export type Archived = z.infer<typeof archivedSchema>;

/** `job`: the analysis that the changed text has opened. */
export const updatedSchema = z.strictObject({
  material: materialSchema,
  job: jobSchema.nullable(),
});
export type Updated = z.infer<typeof updatedSchema>;

/** `conflicts`: the conflicts that a person has not settled yet. */
export const resolvedSchema = z.strictObject({
  ...updatedSchema.shape,
  conflicts: conflictsSchema,
});
export type Resolved = z.infer<typeof resolvedSchema>;

/** A change of one cell. */
const changeSchema = z
  .strictObject({
    id: z.uuid(),
    at: z.iso.datetime(),
    /** `user:<id>`, `service:<name>`, `workflow:<execution>`, `sheet` (a person in it) or `portal`. */
    actor: z.string(),
    /** A user's name; null for any other actor. */
    actorName: z.string().nullable(),
    field: z.string(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    revision: z.int().nullable(),
    /** The execution of n8n that asked for the change, if it said so. */
    execution: z.string().nullable(),
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof changeSchema>;
export const historyPageSchema = pageSchema(changeSchema);
