import { JWT, OAuth2Client } from 'google-auth-library';
import { drive as driveApi } from 'googleapis/build/src/apis/drive/index.js';
import { sheets as sheetsApi, type sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import * as z from 'zod/v4-mini';
import type { GoogleStandIn } from '../../../google-standin/index.ts';

/** Google's own clients, as the API uses them, on the stand-in. */

const scopes = [
  'https://www.googleapis.com/auth/spreadsheets',
  'https://www.googleapis.com/auth/drive.metadata.readonly',
];

export function serviceAccountAuth({ serviceAccount }: GoogleStandIn, asked = scopes): JWT {
  const auth = new JWT({
    email: serviceAccount.client_email,
    key: serviceAccount.private_key,
    keyId: serviceAccount.private_key_id,
    scopes: asked,
  });
  auth.useJWTAccessWithScope = true;
  return auth;
}

export function sheetsClient(google: GoogleStandIn, asked?: string[]): sheets_v4.Sheets {
  return sheetsApi({
    version: 'v4',
    auth: serviceAccountAuth(google, asked),
    rootUrl: `${google.url}/`,
    retry: false,
  });
}

export function driveClient(google: GoogleStandIn) {
  return driveApi({
    version: 'v3',
    auth: serviceAccountAuth(google),
    rootUrl: `${google.url}/`,
    retry: false,
  });
}

/** Sheets for a person who consents to the demo application. */
export async function sheetsClientOf(google: GoogleStandIn, email: string) {
  const form = {
    client_id: 'digital-materi-local.apps.googleusercontent.com',
    redirect_uri: 'http://127.0.0.1/back',
    response_type: 'code',
    scope: scopes.join(' '),
    email,
    decision: 'allow',
  };
  const consent = await fetch(`${google.url}/o/oauth2/v2/auth`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: google.url },
    body: new URLSearchParams(form),
  });
  const auth = new OAuth2Client({
    clientId: form.client_id,
    clientSecret: 'stand-in-client-secret',
    redirectUri: form.redirect_uri,
    endpoints: { oauth2TokenUrl: `${google.url}/token` },
  });
  const back = new URL(consent.headers.get('location') ?? '');
  auth.setCredentials((await auth.getToken(back.searchParams.get('code') ?? '')).tokens);
  return sheetsApi({ version: 'v4', auth, rootUrl: `${google.url}/`, retry: false });
}

const errorBodySchema = z.object({
  error: z.object({
    code: z.number(),
    message: z.string(),
    status: z.optional(z.string()),
    details: z.optional(z.array(z.looseObject({ '@type': z.string() }))),
    errors: z.optional(z.array(z.looseObject({ reason: z.string() }))),
  }),
});

/** The body of the error a call of Google's client fails with; fails when the call does not. */
export async function errorOf(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => {
      throw new Error('The call succeeded.');
    },
    (reason: unknown) => reason,
  );
  const failed = z.safeParse(z.object({ response: z.object({ data: errorBodySchema }) }), error);
  if (!failed.success) throw error;
  return failed.data.response.data.error;
}
