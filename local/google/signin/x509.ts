import { createPublicKey, createSign, type KeyObject } from 'node:crypto';

/** Just enough DER for the self-signed certificates that Google publishes for its keys. */

function der(tag: number, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const size = body.length;
  const bytes = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), body]);
}

const sequence = (...content: Buffer[]) => der(0x30, ...content);
const oid = (...bytes: number[]) => der(0x06, Buffer.from(bytes));
const time = (at: Date) =>
  der(0x18, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));

/** sha256WithRSAEncryption, 1.2.840.113549.1.1.11 */
const signatureAlgorithm = sequence(
  oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b),
  der(0x05),
);

function commonName(name: string): Buffer {
  const attribute = sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(name)));
  return sequence(der(0x31, attribute));
}

/** A self-signed X.509 v3 certificate (RSA, SHA-256) for a key, as PEM; valid for 100 years. */
export function selfSignedCertificate(key: KeyObject, name: string): string {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const subject = commonName(name);
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    signatureAlgorithm,
    subject,
    sequence(time(new Date('2024-01-01T00:00:00Z')), time(new Date('2124-01-01T00:00:00Z'))),
    subject,
    publicKey,
  );
  const signature = createSign('sha256').update(body).sign(key);
  const bits = der(0x03, Buffer.concat([Buffer.from([0]), signature]));
  const lines =
    sequence(body, signatureAlgorithm, bits)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
