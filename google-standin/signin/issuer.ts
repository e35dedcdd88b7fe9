import { createPrivateKey, randomBytes } from 'node:crypto';
import { OAuth2Issuer } from 'oauth2-mock-server';
import type { Keys } from '../store/keys.ts';
import { subjectOf, type Person } from './people.ts';
import { selfSignedCertificate } from '../access/certificate.ts';

/** Google's issuer of ID tokens, on oauth2-mock-server's. */
export class SignIn {
  private readonly issuer = new OAuth2Issuer(false);
  private readonly people: readonly Person[];
  private readonly hostedDomain: string;
  private readonly keys: Keys;

  private constructor(keys: Keys, people: readonly Person[], hostedDomain: string) {
    this.keys = keys;
    this.people = people;
    this.hostedDomain = hostedDomain;
    this.issuer.url = 'https://accounts.google.com';
  }

  static async create(
    keys: Keys,
    people: readonly Person[],
    hostedDomain: string,
  ): Promise<SignIn> {
    const signIn = new SignIn(keys, people, hostedDomain);
    const jwk = createPrivateKey(keys.idTokenKey).export({ format: 'jwk' });
    await signIn.issuer.keys.add({ ...jwk, kid: keys.idTokenKeyId, alg: 'RS256', use: 'sig' });
    return signIn;
  }

  person(email: string): Person | undefined {
    return this.people.find((person) => person.email.toLowerCase() === email.toLowerCase());
  }

  everyone(): readonly Person[] {
    return this.people;
  }

  emails(): string[] {
    return this.people.map((person) => person.email);
  }

  /** An ID token as Google's, valid for an hour; `picture` is under `root`. */
  idToken(person: Person, audience: string, nonce: string | null, root: string): Promise<string> {
    return this.issuer.buildToken({
      kid: this.keys.idTokenKeyId,
      expiresIn: 3600,
      scopesOrTransform: (_header, payload) => {
        Object.assign(payload, {
          azp: audience,
          jti: randomBytes(20).toString('hex'),
          aud: audience,
          ...this.claims(person, root),
          ...(nonce === null ? {} : { nonce }),
        });
        Reflect.deleteProperty(payload, 'nbf');
      },
    });
  }

  /** The answer of `userinfo`, limited by the scopes; `older`: with the names of version 2. */
  profile(person: Person, scope: string, older: boolean, root: string): object {
    const scopes = scope.split(' ').map((name) => name.replace(/^.*userinfo\./, ''));
    const { sub, email, email_verified, hd, ...named } = this.claims(person, root);
    const domain = hd === undefined ? {} : { hd };
    return {
      ...(older ? { id: sub } : { sub }),
      ...(scopes.includes('profile') ? named : {}),
      ...(scopes.includes('email')
        ? { email, [older ? 'verified_email' : 'email_verified']: email_verified, ...domain }
        : {}),
    };
  }

  private claims(person: Person, root: string) {
    const domain = person.email.split('@')[1];
    const [givenName = person.name, ...rest] = person.name.split(' ');
    return {
      sub: subjectOf(person),
      email: person.email,
      email_verified: true,
      ...(domain === this.hostedDomain ? { hd: domain } : {}),
      name: person.name,
      given_name: givenName,
      ...(rest.length > 0 ? { family_name: rest.join(' ') } : {}),
      picture: `${root}/stand-in/picture/${encodeURIComponent(person.email)}.svg`,
    };
  }

  /** `/oauth2/v3/certs`: the public keys as JWKs. */
  jwks(): object {
    return { keys: this.issuer.keys.toJSON() };
  }

  /** `/oauth2/v1/certs`: the same keys as PEM certificates by key id. */
  async certificates(): Promise<Record<string, string>> {
    const key = createPrivateKey(this.keys.idTokenKey);
    const name = 'federated-signon.system.gserviceaccount.com';
    return { [this.keys.idTokenKeyId]: await selfSignedCertificate(key, name) };
  }
}
