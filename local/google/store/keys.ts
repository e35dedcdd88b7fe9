import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/v4-mini';

const keys = z.object({
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

export type Keys = z.infer<typeof keys>;

/** The keys of a state folder, made at its first start: sign-ins and tokens outlive a restart. */
export async function loadKeys(folder: string | undefined): Promise<Keys> {
  if (folder === undefined) return newKeys();
  const path = join(folder, 'keys.json');
  if (existsSync(path)) return z.parse(keys, JSON.parse(readFileSync(path, 'utf8')));
  const made = await newKeys();
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${path}.new`, JSON.stringify(made, null, 2), { mode: 0o600 });
  renameSync(`${path}.new`, path);
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
