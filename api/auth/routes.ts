import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { authorize, requirePerson } from './authorize.ts';
import { idTokenVerifier } from './googleIdToken.ts';
import { refresh } from './refresh.ts';
import { findUser } from './repository.ts';
import { googleBodySchema, meSchema, refreshBodySchema, sessionSchema } from './schemas.ts';
import { presentUser } from './session.ts';
import { signIn } from './signIn.ts';

/** The largest body before a sign-in. An ID token has about 1,200 bytes. */
const BODY_BYTES_MOST = 64 * 1024;

export function authRoutes(portal: Portal): Route[] {
  const verifyIdToken = idTokenVerifier(portal.config.google, portal.log);
  const bodyBytesMost = BODY_BYTES_MOST;
  return [
    route(
      {
        name: 'signIn',
        summary: 'Signs a person in with an ID token of Google.',
        method: 'POST',
        path: '/auth/google',
        caller: 'anyone',
        body: googleBodySchema,
        bodyBytesMost,
        responses: { 200: sessionSchema },
        problems: ['token_refused', 'forbidden', 'google_unavailable'],
      },
      async ({ body }) => ({ body: await signIn(portal, verifyIdToken, body) }),
    ),
    route(
      {
        name: 'refresh',
        summary: 'Exchanges a refresh token for a new session.',
        method: 'POST',
        path: '/auth/refresh',
        caller: 'anyone',
        body: refreshBodySchema,
        bodyBytesMost,
        responses: { 200: sessionSchema },
        problems: ['token_refused'],
      },
      async ({ body }) => ({ body: await refresh(portal, body.refreshToken) }),
    ),
    route(
      {
        name: 'getMe',
        summary: 'Gets the person who is signed in.',
        method: 'GET',
        path: '/me',
        caller: 'signedIn',
        responses: { 200: meSchema },
        problems: ['forbidden'],
      },
      async ({ caller }) => {
        const { userId } = requirePerson(await authorize(portal.db, caller));
        return { body: { user: presentUser(await findUser(portal.db, userId)) } };
      },
    ),
  ];
}
