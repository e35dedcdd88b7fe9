import { z } from 'zod/v4';

export { jobIdSchema, materialIdSchema, type JobId, type MaterialId } from '../../core/index.ts';

export const userIdSchema = z.int().positive().brand<'UserId'>();
export type UserId = z.infer<typeof userIdSchema>;

export const sessionIdSchema = z.uuid().brand<'SessionId'>();
export type SessionId = z.infer<typeof sessionIdSchema>;

export const inviteIdSchema = z.int().positive().brand<'InviteId'>();
export type InviteId = z.infer<typeof inviteIdSchema>;

/** All sessions that one sign-in led to; it is the id of the first of them. */
export const sessionFamilySchema = z.uuid().brand<'SessionFamily'>();
export type SessionFamily = z.infer<typeof sessionFamilySchema>;

export const contentIdSchema = z.uuid().brand<'ContentId'>();
export type ContentId = z.infer<typeof contentIdSchema>;

export const subscriptionIdSchema = z.uuid().brand<'SubscriptionId'>();
export type SubscriptionId = z.infer<typeof subscriptionIdSchema>;
