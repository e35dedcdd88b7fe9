import { route, type Route } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { authorize, requirePerson } from './authorize.ts';
import { codeExchange } from './exchangeCode.ts';
import { idTokenVerifier } from './googleIdToken.ts';
import { certificateFinder } from './googleSignature.ts';
import { receiveSecurityEvent } from './receiveSecurityEvent.ts';
import { refresh } from './refresh.ts';
import { findUser } from './repository.ts';
import {
  googleBodySchema,
  meSchema,
  refreshBodySchema,
  securityEventErrorSchema,
  securityEventSchema,
  sessionParamsSchema,
  sessionSchema,
  sessionsSchema,
  signOutQuerySchema,
} from './schemas.ts';
import { presentUser } from './session.ts';
import { endSession, listSessions, signOut } from './sessions.ts';
import { signIn } from './signIn.ts';

/** The largest body before a sign-in. An ID token has about 1,200 bytes. */
const BODY_BYTES_MOST = 64 * 1024;

export function authRoutes(portal: Portal): Route[] {
  const { google } = portal.config;
  const certificateOf = certificateFinder(google, portal.log);
  const googleSignIn = {
    verifyIdToken: idTokenVerifier(google, certificateOf),
    exchangeCode: codeExchange(google, portal.log),
  };
  const bodyBytesMost = BODY_BYTES_MOST;
  return [
    route(
      {
        name: 'signIn',
        summary: 'Signs a person in with an ID token or an authorization code of Google.',
        method: 'POST',
        path: '/auth/google',
        caller: 'anyone',
        body: googleBodySchema,
        bodyBytesMost,
        responses: { 200: sessionSchema },
        problems: [
          ...(['token_refused', 'code_refused', 'code_sign_in_off', 'not_invited'] as const),
          ...(['account_disabled', 'google_unavailable'] as const),
        ],
      },
      async ({ body }) => ({ body: await signIn(portal, googleSignIn, body) }),
    ),
    route(
      {
        name: 'receiveSecurityEvent',
        summary: 'Takes a security event of Google’s Cross-Account Protection (RISC).',
        method: 'POST',
        path: '/auth/risc',
        caller: 'anyone',
        body: securityEventSchema,
        consumes: 'application/secevent+jwt',
        bodyBytesMost,
        responses: { 202: null, 400: securityEventErrorSchema },
        problems: ['google_unavailable'],
      },
      async ({ body }) => {
        const error = await receiveSecurityEvent(portal, certificateOf, body.toString('utf8'));
        // RFC 8935, section 2.3, wants the language of the description.
        return error === null
          ? { status: 202 }
          : { status: 400, headers: { 'Content-Language': 'en' }, body: error };
      },
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
    route(
      {
        name: 'signOut',
        summary: 'Ends this session, or all sessions of the person.',
        method: 'POST',
        path: '/auth/logout',
        caller: 'signedIn',
        query: signOutQuerySchema,
        responses: { 204: null },
        problems: ['forbidden'],
      },
      async ({ caller, query }) => {
        await signOut(portal, caller, query.everywhere === 'true');
        return { status: 204 };
      },
    ),
    route(
      {
        name: 'listSessions',
        summary: 'Lists the person’s own sessions that are in use.',
        method: 'GET',
        path: '/sessions',
        caller: 'signedIn',
        responses: { 200: sessionsSchema },
        problems: ['forbidden'],
      },
      async ({ caller }) => ({ body: { items: await listSessions(portal, caller) } }),
    ),
    route(
      {
        name: 'endSession',
        summary: 'Ends one of the person’s own sessions.',
        method: 'DELETE',
        path: '/sessions/:id',
        caller: 'signedIn',
        params: sessionParamsSchema,
        responses: { 204: null },
        problems: ['forbidden'],
      },
      async ({ caller, params }) => {
        await endSession(portal, caller, params.id);
        return { status: 204 };
      },
    ),
  ];
}
