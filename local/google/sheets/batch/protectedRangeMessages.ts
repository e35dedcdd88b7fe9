import * as z from 'zod/v4-mini';
import { googleBoolean } from '../../names/index.ts';
import { gridRange, index } from './messages.ts';

/** The requests of `spreadsheets.batchUpdate` on protected ranges; Google's names. */

const protectedRange = z.strictObject({
  protectedRangeId: z.optional(index),
  range: z.optional(gridRange),
  namedRangeId: z.optional(z.string('TYPE_STRING')),
  tableId: z.optional(z.string('TYPE_STRING')),
  description: z.optional(z.string('TYPE_STRING')),
  warningOnly: z.optional(googleBoolean),
  /** Read-only: taken, as clients send back what they got, and without effect. */
  requestingUserCanEdit: z.optional(googleBoolean),
  editors: z.optional(
    z.strictObject({
      users: z.optional(z.array(z.string('TYPE_STRING'))),
      groups: z.optional(z.array(z.string('TYPE_STRING'))),
      domainUsersCanEdit: z.optional(googleBoolean),
    }),
  ),
  unprotectedRanges: z.optional(z.array(gridRange)),
});

export const addProtectedRange = z.strictObject({
  protectedRange: z._default(protectedRange, {}),
});

export const updateProtectedRange = z.strictObject({
  protectedRange: z._default(protectedRange, {}),
  fields: z._default(z.string('TYPE_STRING'), ''),
});

export const deleteProtectedRange = z.strictObject({ protectedRangeId: z._default(index, 0) });

export type RequestedProtection = z.infer<typeof protectedRange>;
export type AddProtectedRange = z.infer<typeof addProtectedRange>;
export type UpdateProtectedRange = z.infer<typeof updateProtectedRange>;
export type DeleteProtectedRange = z.infer<typeof deleteProtectedRange>;
