import { timingSafeEqual } from 'node:crypto';

/** An application that may let people sign in, as registered in Google's console. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Exact addresses; `loopback` is any port and path of this machine, as for desktop apps. */
  readonly redirectUris: readonly string[] | 'loopback';
}

/** The clients of a new stand-in: the portal and n8n of the embedded stack. */
export const demoClients: readonly OAuthClient[] = [
  {
    clientId: 'digital-materi-local.apps.googleusercontent.com',
    clientSecret: 'stand-in-client-secret',
    redirectUris: 'loopback',
  },
];

export function isRegistered({ redirectUris }: OAuthClient, uri: string): boolean {
  if (redirectUris !== 'loopback') return redirectUris.includes(uri);
  if (!URL.canParse(uri)) return false;
  const { protocol, hostname, hash } = new URL(uri);
  return (
    protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && hash === ''
  );
}

export function isSecret({ clientSecret }: OAuthClient, given: string): boolean {
  const [expected, presented] = [Buffer.from(clientSecret), Buffer.from(given)];
  return expected.length === presented.length && timingSafeEqual(expected, presented);
}
