import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hash } from 'bcryptjs';
import * as z from 'zod/v4-mini';
import { forgetDataElsewhere, hasCluster } from '../postgres/index.ts';
import { readKept, writeJson } from '../../google-standin/store/jsonFile.ts';

const textSchema = z.string().check(z.minLength(1));

const secretsSchema = z.object({
  postgresPassword: textSchema,
  jwtSecret: textSchema,
  serviceKey: textSchema,
  toN8n: textSchema,
  fromN8n: textSchema,
  geminiKey: textSchema,
  n8nEncryptionKey: textSchema,
  n8nPassword: textSchema,
  n8nPasswordHash: textSchema,
});

/** The secrets that the stack's parts share; the two webhook secrets have the form of Standard Webhooks. */
export type Secrets = z.infer<typeof secretsSchema>;

const FILE = 'secrets.json';

/**
 * The secrets of this state folder: made at the first start, then kept, readable for the owner.
 * Nothing can make them again, and the data in the folder opens only with them.
 * @throws Error that says what to do when they are damaged, or gone although there is data
 */
export async function keptSecrets(state: string): Promise<Secrets> {
  const file = join(state, FILE);
  const advice =
    `It holds the passwords and keys without which the data in ${state} cannot be opened. ` +
    `Nothing was changed. Put ${FILE} back from a backup of that folder. ` +
    'Or delete the whole folder to begin anew; all data in it is lost then.';
  const kept = readKept(file, secretsSchema, advice);
  if (kept !== undefined) return kept;
  if (hasData(state)) throw new Error(`${file} is missing. ${advice}`);
  forgetDataElsewhere(state);
  const made = await newSecrets();
  writeJson(file, made);
  return made;
}

/**
 * Whether the folder has data that opens only with its secrets: PostgreSQL's cluster, n8n's folder.
 */
function hasData(state: string): boolean {
  return hasCluster(state) || existsSync(join(state, 'n8n'));
}

async function newSecrets(): Promise<Secrets> {
  const n8nPassword = `Materi-${random(9)}1`; // n8n wants a capital letter and a digit
  return {
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
}

/** URL-safe, so that a connection string can hold a secret without escapes. */
function random(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}

/** The form the Standard Webhooks specification gives a symmetric secret. */
function webhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
