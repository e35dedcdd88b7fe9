import { z } from 'zod/v4';

export { jobId, materialId, type JobId, type MaterialId } from '../../core/index.ts';

export const userId = z.int().positive().brand<'UserId'>();
export type UserId = z.infer<typeof userId>;

export const sessionId = z.uuid().brand<'SessionId'>();
export type SessionId = z.infer<typeof sessionId>;

/** All sessions that one sign-in led to; it is the id of the first of them. */
export const sessionFamily = z.uuid().brand<'SessionFamily'>();
export type SessionFamily = z.infer<typeof sessionFamily>;

export const subscriptionId = z.uuid().brand<'SubscriptionId'>();
export type SubscriptionId = z.infer<typeof subscriptionId>;
