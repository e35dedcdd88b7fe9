import type { Route } from '../http/route.ts';
import type { SignIn } from './issuer.ts';

const cached = { 'Cache-Control': 'public, max-age=3600, must-revalidate, no-transform' };

/** Google's certificates and the stand-in's way to a person's ID token. */
export function signInRoutes(signIn: SignIn, root: () => string): Route[] {
  const certificates = signIn.certificates();
  return [
    {
      verb: 'GET',
      path: /^\/oauth2\/v1\/certs$/,
      service: 'signin',
      method: 'certs',
      handle: async () => ({ body: await certificates, headers: cached }),
    },
    {
      verb: 'GET',
      path: /^\/oauth2\/v3\/certs$/,
      service: 'signin',
      method: 'jwks',
      handle: () => ({ body: signIn.jwks(), headers: cached }),
    },
    {
      verb: 'GET',
      path: /^\/stand-in\/id-token$/,
      service: 'signin',
      method: 'idToken',
      handle: async ({ url }) => {
        const email = url.searchParams.get('email') ?? '';
        const audience = url.searchParams.get('aud');
        const person = signIn.person(email);
        if (!person) {
          const known = signIn.emails().join(', ');
          const error = `Nobody here has the address "${email}". There are: ${known}.`;
          return { status: 404, body: { error } };
        }
        if (!audience) {
          const error = 'Give the client id the token is for: &aud=…';
          return { status: 400, body: { error } };
        }
        const nonce = url.searchParams.get('nonce');
        return { body: { idToken: await signIn.idToken(person, audience, nonce, root()) } };
      },
    },
    {
      verb: 'GET',
      path: /^\/stand-in\/picture\/(?<email>[^/]+)\.svg$/,
      service: 'stand-in',
      method: 'picture',
      handle: ({ params }) => {
        const person = signIn.person(params['email'] ?? '');
        const initial = (person?.name ?? '?').charAt(0).replace(/[^A-Za-z]/, '?');
        const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96"><rect width="96" height="96" fill="#0b57d0"/><text x="48" y="64" font-family="Arial" font-size="48" fill="#fff" text-anchor="middle">${initial}</text></svg>`;
        return { body: svg, contentType: 'image/svg+xml' };
      },
    },
  ];
}
