import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod/v4-mini';

const claimsSchema = z.object({
  iss: z.string(),
  sub: z.optional(z.string()),
  aud: z.optional(z.string()),
  scope: z.optional(z.string()),
  iat: z.number(),
  exp: z.number(),
});

export type Claims = z.infer<typeof claimsSchema>;

const headerSchema = z.object({ alg: z.literal('RS256'), kid: z.optional(z.string()) });

/** Parses a JWS and checks RS256, key id and signature; null when any of it is wrong. */
export function verifyJwt(token: string, publicKey: KeyObject, keyId: string): Claims | null {
  const [head = '', body = '', signature = '', ...more] = token.split('.');
  if (more.length > 0 || signature === '') return null;
  const parsedHead = z.safeParse(headerSchema, decode(head));
  const parsedBody = z.safeParse(claimsSchema, decode(body));
  if (!parsedHead.success || !parsedBody.success) return null;
  if (parsedHead.data.kid !== undefined && parsedHead.data.kid !== keyId) return null;
  const signed = Buffer.from(`${head}.${body}`);
  const genuine = verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'));
  return genuine ? parsedBody.data : null;
}

export function publicKeyOf(privateKey: string): KeyObject {
  return createPublicKey(privateKey);
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** Google lets clocks differ by 5 minutes and no token live longer than an hour. */
export function isCurrent(
  { iat, exp }: { iat: number; exp: number },
  now = Date.now() / 1000,
): boolean {
  return iat <= now + 300 && exp > now && exp - iat <= 3600 + 300;
}
