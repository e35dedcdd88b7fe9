import { z } from 'zod/v4';
import {
  jobIdSchema,
  materialIdSchema,
  materialSchema,
  newMaterialSchema,
} from '../../core/index.ts';
import { pageQuerySchema, pageSchema } from '../http/page.ts';
import { jobSchema } from '../jobs/schemas.ts';

z.globalRegistry.add(materialSchema, { id: 'Material' });
z.globalRegistry.add(newMaterialSchema, { id: 'NewMaterial' });
// JSON Schema cannot say all of its rules.
const metadataForm = { type: 'object', additionalProperties: { type: 'string' } };
z.globalRegistry.add(newMaterialSchema.shape.metadata, metadataForm);

export const listQuerySchema = z.object({
  ...pageQuerySchema.shape,
  include: z.enum(['metadata']).optional(),
});
export const paramsSchema = z.object({ id: materialIdSchema });
export const conflictParamsSchema = z.object({ id: materialIdSchema, field: z.string() });
export const resolutionSchema = z.strictObject({ keep: z.enum(['sheet', 'portal']) });

/** Anything: readEdit checks only the fields that differ from the material's row. */
export const replacementSchema = z
  .unknown()
  .meta({ allOf: [{ $ref: '#/components/schemas/NewMaterial' }] });

/** A material as lists give it. `GET /api/materials/{id}` gives every text whole. */
const listedMaterialSchema = z
  .strictObject({
    ...materialSchema.shape,
    /** Only if it was asked for. */
    metadata: z.record(z.string(), z.string()).optional(),
    /** Which texts go on after the 300 characters that are here: `description`, `metadata.Catatan`. */
    cut: z.array(z.string()),
  })
  .meta({ id: 'ListedMaterial' });
export type ListedMaterial = z.infer<typeof listedMaterialSchema>;
export const materialPageSchema = pageSchema(listedMaterialSchema);

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
  })
  .meta({ id: 'Change' });
export type Change = z.infer<typeof changeSchema>;
export const historyPageSchema = pageSchema(changeSchema);
