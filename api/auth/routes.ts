import { Router } from 'express';
import { z } from 'zod/v4';
import { endpoint } from '../http/endpoint.ts';
import { readJson } from '../http/json.ts';
import type { Portal } from '../portal.ts';
import { validate } from '../validate.ts';
import { authorize, requirePerson } from './authorize.ts';
import { idTokenVerifier } from './googleIdToken.ts';
import { readCaller } from './readCaller.ts';
import { refresh } from './refresh.ts';
import { findUser } from './repository.ts';
import { presentUser } from './session.ts';
import { signIn } from './signIn.ts';

/** The largest body before a sign-in. An ID token has about 1,200 bytes. */
const BODY_BYTES_MOST = 64 * 1024;

const googleBodySchema = z.strictObject({
  idToken: z.string().min(1).max(10_000),
  nonce: z.string().min(1).max(500).optional(),
});
const refreshBodySchema = z.strictObject({ refreshToken: z.string().min(1).max(500) });

export function authRoutes(portal: Portal): Router {
  const router = Router();
  const verifyIdToken = idTokenVerifier(portal.config.google, portal.log);
  endpoint(router, '/auth/google', {
    POST: async (req, res) => {
      res.json(
        await signIn(
          portal,
          verifyIdToken,
          validate(googleBodySchema, await readJson(req, BODY_BYTES_MOST)),
        ),
      );
    },
  });
  endpoint(router, '/auth/refresh', {
    POST: async (req, res) => {
      res.json(
        await refresh(
          portal,
          validate(refreshBodySchema, await readJson(req, BODY_BYTES_MOST)).refreshToken,
        ),
      );
    },
  });
  endpoint(router, '/me', {
    GET: async (req, res) => {
      const actor = await authorize(portal.db, readCaller(portal.config, req));
      res.json({ user: presentUser(await findUser(portal.db, requirePerson(actor).userId)) });
    },
  });
  return router;
}
