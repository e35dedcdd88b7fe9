import { z } from 'zod/v4';
import {
  EDITABLE_FIELDS,
  givenText,
  materialIdSchema,
  newMaterialSchema,
} from '../../../core/index.ts';
import { jobIdSchema } from '../../db/ids.ts';
import { itemProblemSchema } from '../../http/problem.ts';
import { listedMaterialSchema } from '../schemas.ts';

export const ITEMS_MOST = 500;

/** The longest id of an execution, in characters. */
export const EXECUTION_LIMIT = 200;

export const OPERATIONS = ['create', 'update', 'createOrUpdate', 'archive', 'restore'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One entity tag of ours, with or without `W/`; the parsed value has no quotes. */
const etagSchema = z
  .string()
  .max(100, 'must have at most 100 characters')
  .regex(/^(?:W\/)?"[\x21\x23-\x7e]*"$/, 'must be the ETag of the material, with its quotes')
  .transform((tag) => tag.replace(/^(?:W\/)?"|"$/g, ''));

/** One item of a batch, apart from its material. */
export const itemSchema = z
  .strictObject({
    operation: z.enum(OPERATIONS),
    /** The id of the material to update. Left out: the body's `matchBy` finds it. */
    id: z.string().toLowerCase().pipe(materialIdSchema).optional(),
    /** The ETag of the material that was read. Left out: the item updates whatever is there. */
    ifMatch: etagSchema.optional(),
    /** A new material; for an update, the fields that change; for the others, the fields of `matchBy`. */
    material: z.looseObject({}).default({}),
  })
  .check(({ value: { operation, id, ifMatch }, value, issues }) => {
    if (operation !== 'create') return;
    const message = 'is only for updates. Leave it out: a new material gets its id by itself';
    const refuse = (field: string) =>
      issues.push({ code: 'custom', input: value, path: [field], message });
    if (id !== undefined) refuse('id');
    if (ifMatch !== undefined) refuse('ifMatch');
  });

/** An item's form, for the OpenAPI document. */
const itemForm = {
  type: 'object',
  additionalProperties: false,
  required: ['operation'],
  properties: {
    operation: { enum: [...OPERATIONS] },
    id: { type: 'string', format: 'uuid' },
    ifMatch: { type: 'string' },
    material: {
      type: 'object',
      properties: Object.fromEntries(
        Object.keys(newMaterialSchema.shape).map((name) => [
          name,
          { $ref: `#/components/schemas/NewMaterial/properties/${name}` },
        ]),
      ),
    },
  },
};

export const batchBodySchema = z
  .strictObject({
    /** Says what would happen, and changes nothing. */
    dryRun: z.boolean().default(false),
    /** If an item fails, nothing is written, and the other items have the status `skipped`. */
    allOrNothing: z.boolean().default(false),
    /** An update of a material that does not exist has the status `skipped` instead of `failed`. */
    skipMissing: z.boolean().default(false),
    /** Answers whole materials with their metadata, and each changed text before and after. */
    whole: z.boolean().default(false),
    /** The execution of n8n that sends the batch. The history shows it at each change. */
    execution: z.optional(givenText(EXECUTION_LIMIT, 1)),
    /**
     * The fields that find the material of an item without an id. `title` is one of them.
     * Blanks around a text, composition (NFC) and line ends make no difference.
     */
    matchBy: z
      .array(z.enum(EDITABLE_FIELDS))
      .max(EDITABLE_FIELDS.length, 'names a field twice')
      .refine((fields) => fields.includes('title'), 'must have title among its fields')
      .optional(),
    /**
     * Any values: the API checks each item by itself, so that one wrong item does not refuse the others.
     */
    items: z
      .array(z.unknown().meta(itemForm))
      .min(1, `must have 1 to ${ITEMS_MOST} items`)
      .max(ITEMS_MOST, `must have 1 to ${ITEMS_MOST} items`),
  })
  .meta({ id: 'MaterialBatch' });
export type BatchBody = z.infer<typeof batchBodySchema>;

const resultSchema = z
  .strictObject({
    /** The item's place in `items`, from 0. */
    index: z.int(),
    status: z.enum([
      'created',
      'updated',
      'archived',
      'restored',
      'unchanged',
      'skipped',
      'failed',
    ]),
    /**
     * The material after this item. Null: the item failed or was skipped, or a dry run would create the
     * material.
     */
    material: listedMaterialSchema.nullable(),
    /** For If-Match. Null: the item failed, or this was a dry run. */
    etag: z.string().nullable(),
    /** The names of the cells that the item changed, such as `title` and `metadata.Catatan`. */
    changed: z.array(z.string()),
    /** The same cells with their texts, if the batch asks for `whole`. Null: there was no such cell. */
    changes: z
      .array(
        z.strictObject({
          field: z.string(),
          before: z.string().nullable(),
          after: z.string().nullable(),
        }),
      )
      .optional(),
    /** The analysis that the changed text has opened. */
    job: z.strictObject({ id: jobIdSchema }).nullable(),
    /** Why the item failed. Its paths begin at the request's body: `items.3.material.title`. */
    problem: itemProblemSchema.optional(),
  })
  .meta({ id: 'BatchResult' });
export type BatchResult = z.infer<typeof resultSchema>;

export const batchAnswerSchema = z
  .strictObject({
    dryRun: z.boolean(),
    /** How many items have each status. */
    counts: z.strictObject({
      created: z.int(),
      updated: z.int(),
      archived: z.int(),
      restored: z.int(),
      unchanged: z.int(),
      skipped: z.int(),
      failed: z.int(),
    }),
    /** One for each item, in their order. */
    results: z.array(resultSchema),
  })
  .meta({ id: 'MaterialBatchAnswer' });
export type BatchAnswer = z.infer<typeof batchAnswerSchema>;
