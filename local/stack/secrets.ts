import { randomBytes } from 'node:crypto';
import { hash } from 'bcryptjs';
import * as z from 'zod/v4-mini';
import { readJson, writeJson } from '../process/jsonFile.ts';

const text = z.string().check(z.minLength(1));

const secrets = z.object({
  postgresPassword: text,
  jwtSecret: text,
  serviceKey: text,
  toN8n: text,
  fromN8n: text,
  geminiKey: text,
  n8nEncryptionKey: text,
  n8nPassword: text,
  n8nPasswordHash: text,
});

/** What the stack's parts trust each other by; the two webhook secrets are Standard Webhooks'. */
export type Secrets = z.infer<typeof secrets>;

/** The secrets of this state folder: made at the first start, then kept, readable for the owner. */
export async function keptSecrets(file: string): Promise<Secrets> {
  const kept = readJson(file, secrets);
  if (kept !== undefined) return kept;
  const n8nPassword = `Materi-${random(9)}1`; // n8n wants a capital letter and a digit
  const made: Secrets = {
    postgresPassword: random(24),
    jwtSecret: random(48),
    serviceKey: `materi_sk_${random(24)}`,
    toN8n: webhookSecret(),
    fromN8n: webhookSecret(),
    geminiKey: `stand-in-${random(12)}`,
    n8nEncryptionKey: random(24),
    n8nPassword,
    n8nPasswordHash: await hash(n8nPassword, 10),
  };
  writeJson(file, made);
  return made;
}

/** URL-safe, so that a secret can stand in a connection string as it is. */
function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** The form the Standard Webhooks specification gives a symmetric secret. */
function webhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
