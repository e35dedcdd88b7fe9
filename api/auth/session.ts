import type { KeyObject } from 'node:crypto';
import type { UserId, SessionFamily } from '../db/ids.ts';
import type { Role } from '../db/schema.ts';
import { issueAccessToken } from './accessToken.ts';
import type { UserRow } from './repository.ts';

export interface User {
  readonly id: UserId;
  readonly email: string;
  readonly name: string;
  readonly picture: string | null;
  readonly role: Role;
}

/** What a sign-in and a refresh give; `expiresIn` is the access token's life in seconds. */
export interface Session {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly user: User;
}

export function presentUser({ id, email, name, picture, role }: UserRow): User {
  return { id, email, name, picture, role };
}

export function presentSession(
  jwtKey: KeyObject,
  row: UserRow,
  {
    family,
    refreshToken,
    expiresIn,
  }: { family: SessionFamily; refreshToken: string; expiresIn: number },
): Session {
  return {
    accessToken: issueAccessToken(jwtKey, row.id, family, expiresIn),
    expiresIn,
    refreshToken,
    user: presentUser(row),
  };
}
