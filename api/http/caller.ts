import type { SessionFamily, UserId } from '../db/ids.ts';

/** The sender of a request, by its token. Its rights are read from PostgreSQL later (auth/authorize.ts). */
export type Caller =
  | { readonly kind: 'user'; readonly userId: UserId; readonly family: SessionFamily }
  | { readonly kind: 'service'; readonly name: string };
