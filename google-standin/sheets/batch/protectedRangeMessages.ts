import * as z from 'zod/v4-mini';
import { googleBooleanSchema } from '../../names/index.ts';
import { gridRangeSchema, indexSchema } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on protected ranges; Google's names. */

const protectedRangeSchema = z.strictObject({
  protectedRangeId: z.optional(indexSchema),
  range: z.optional(gridRangeSchema),
  namedRangeId: z.optional(z.string('TYPE_STRING')),
  tableId: z.optional(z.string('TYPE_STRING')),
  description: z.optional(z.string('TYPE_STRING')),
  warningOnly: z.optional(googleBooleanSchema),
  /** Read-only: taken, as clients send back what they got, and without effect. */
  requestingUserCanEdit: z.optional(googleBooleanSchema),
  editors: z.optional(
    z.strictObject({
      users: z.optional(z.array(z.string('TYPE_STRING'))),
      groups: z.optional(z.array(z.string('TYPE_STRING'))),
      domainUsersCanEdit: z.optional(googleBooleanSchema),
    }),
  ),
  unprotectedRanges: z.optional(z.array(gridRangeSchema)),
});

export const addProtectedRangeSchema = z.strictObject({
  protectedRange: z._default(protectedRangeSchema, {}),
});

export const updateProtectedRangeSchema = z.strictObject({
  protectedRange: z._default(protectedRangeSchema, {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteProtectedRangeSchema = z.strictObject({
  protectedRangeId: z._default(indexSchema, 0),
});

export type RequestedProtection = z.infer<typeof protectedRangeSchema>;
export type AddProtectedRange = z.infer<typeof addProtectedRangeSchema>;
export type UpdateProtectedRange = z.infer<typeof updateProtectedRangeSchema>;
export type DeleteProtectedRange = z.infer<typeof deleteProtectedRangeSchema>;
