import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import jwt from 'jsonwebtoken';
import { selfSignedCertificate } from '../../google-standin/access/certificate.ts';

export const CLIENT = 'client.apps.example';

/** Claims that Google would sign, and the issuer's key does. */
export const RIGHT = {
  iss: 'https://accounts.google.com',
  aud: CLIENT,
  sub: '110000000000000000001',
  email: 'Sari@sekolah.sch.id',
  email_verified: true,
  hd: 'sekolah.sch.id',
};

/** Plays Google's certificate endpoint, and signs any claims at all. */
export interface Issuer {
  readonly url: string;
  /** How many times the certificates were asked for. */
  readonly fetches: number;
  /** How they are given from now on; at first at once, fresh for an hour. */
  answer: (res: ServerResponse, body: string) => void;
  /** A new key signs from now on; the certificates name only this one. */
  rotate(keyId: string): void;
  token(claims?: object, header?: { keyid?: string }): string;
  close(): Promise<void>;
}

export const give = (res: ServerResponse, body: string, cacheControl = 'max-age=3600') =>
  void res
    .writeHead(200, { 'content-type': 'application/json', 'cache-control': cacheControl })
    .end(body);

export async function startIssuer(): Promise<Issuer> {
  let serial = 0;
  let key: { id: string; privateKey: KeyObject } = newKey('key-1');
  const issuer = {
    url: '',
    fetches: 0,
    answer: (res: ServerResponse, body: string) => give(res, body),
    rotate: (keyId: string) => void (key = newKey(keyId)),
    /** An hour's token, made now, unlike every other one. */
    token: (claims: object = {}, { keyid = key.id } = {}) => {
      const iat = Math.floor(Date.now() / 1_000);
      const all = { iat, exp: iat + 3600, jti: String((serial += 1)), ...RIGHT, ...claims };
      // As a text, for jsonwebtoken refuses to make what these tests have refused.
      return jwt.sign(JSON.stringify(all), key.privateKey, { algorithm: 'RS256', keyid });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = createServer((req, res) => {
    if (req.url !== '/oauth2/v1/certs') {
      res.writeHead(404).end();
      return;
    }
    issuer.fetches += 1;
    const { id } = key;
    void selfSignedCertificate(key.privateKey, 'test').then((certificate) =>
      issuer.answer(res, JSON.stringify({ [id]: certificate })),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = server.address();
  issuer.url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return issuer;
}

function newKey(id: string) {
  return { id, privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey };
}
