import { createPublicKey, type KeyObject } from 'node:crypto';
import { generate } from 'selfsigned';

/** A self-signed X.509 certificate (RSA, SHA-256) for a key, as PEM; valid for 100 years. */
export async function selfSignedCertificate(key: KeyObject, name: string): Promise<string> {
  const { cert } = await generate([{ name: 'commonName', value: name }], {
    keyPair: {
      privateKey: String(key.export({ type: 'pkcs8', format: 'pem' })),
      publicKey: String(createPublicKey(key).export({ type: 'spki', format: 'pem' })),
    },
    algorithm: 'sha256',
    notBeforeDate: new Date('2024-01-01T00:00:00Z'),
    notAfterDate: new Date('2124-01-01T00:00:00Z'),
    extensions: [{ name: 'keyUsage', digitalSignature: true, critical: true }],
  });
  return cert;
}
