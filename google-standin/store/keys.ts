import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/v4-mini';
import { readKept, writeJson } from './jsonFile.ts';

const keysSchema = z.object({
  projectNumber: z.string(),
  serviceAccountKeyId: z.string(),
  serviceAccountClientId: z.string(),
  /** PKCS #8 PEM. */
  serviceAccountKey: z.string(),
  /** PKCS #8 PEM of what signs ID tokens. */
  idTokenKey: z.string(),
  idTokenKeyId: z.string(),
  /** Signs access tokens, hex. */
  accessTokenSecret: z.string(),
});

export type Keys = z.infer<typeof keysSchema>;

const ADVICE =
  'Nothing was changed. It holds the keys that the Google stand-in signs with. Put it back from a ' +
  'backup, or delete it: new keys are made at the next start, and whoever had signed in at the ' +
  'stand-in signs in again.';

/**
 * The keys of a state folder, made at its first start: sign-ins and tokens outlive a restart.
 * @throws DamagedFile
 */
export async function loadKeys(folder: string | undefined): Promise<Keys> {
  if (folder === undefined) return newKeys();
  const path = join(folder, 'keys.json');
  const kept = readKept(path, keysSchema, ADVICE);
  if (kept !== undefined) return kept;
  const made = await newKeys();
  mkdirSync(folder, { recursive: true });
  writeJson(path, made);
  return made;
}

const generate = promisify(generateKeyPair);

async function rsaKey(): Promise<string> {
  const { privateKey } = await generate('rsa', { modulusLength: 2048 });
  return String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

async function newKeys(): Promise<Keys> {
  const [serviceAccountKey, idTokenKey] = await Promise.all([rsaKey(), rsaKey()]);
  const digits = (count: number) =>
    [...randomBytes(count)].map((byte, index) => (index ? byte % 10 : 1 + (byte % 9))).join('');
  return {
    projectNumber: digits(12),
    serviceAccountKeyId: randomBytes(20).toString('hex'),
    serviceAccountClientId: digits(21),
    serviceAccountKey,
    idTokenKey,
    idTokenKeyId: randomUUID().replaceAll('-', ''),
    accessTokenSecret: randomBytes(32).toString('hex'),
  };
}
