import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod/v4-mini';

const contentSchema = z.object({
  email: z.string(),
  scope: z.string(),
  exp: z.number(),
  /** A person's consent, which can be taken back; a service account has none. */
  grant: z.optional(z.string()),
});

export type Grant = z.infer<typeof contentSchema>;

/** Opaque access tokens (`ya29.…`) that can be checked after a restart without being stored. */
export function issueToken(secret: string, grant: Grant): string {
  const body = Buffer.from(JSON.stringify(grant)).toString('base64url');
  return `ya29.${body}.${mac(secret, body)}`;
}

export function checkToken(secret: string, token: string): Grant | null {
  const [prefix, body = '', given = ''] = token.split('.');
  const expected = mac(secret, body);
  if (prefix !== 'ya29' || given.length !== expected.length) return null;
  if (!timingSafeEqual(Buffer.from(given), Buffer.from(expected))) return null;
  const grant = z.parse(contentSchema, JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return grant.exp > Date.now() / 1000 ? grant : null;
}

function mac(secret: string, body: string): string {
  return createHmac('sha256', Buffer.from(secret, 'hex')).update(body).digest('base64url');
}
