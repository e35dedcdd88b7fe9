import type { KeyObject } from 'node:crypto';
import type { SessionFamily } from '../db/ids.ts';
import { issueAccessToken } from './accessToken.ts';
import type { UserRow } from './repository.ts';
import type { Session, User } from './schemas.ts';

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
