import { JWT } from 'google-auth-library';
import { drive as driveApi } from 'googleapis/build/src/apis/drive/index.js';
import { sheets as sheetsApi, type sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import type { GoogleStandIn } from '../index.ts';

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

export interface GoogleErrorBody {
  code: number;
  message: string;
  status?: string;
  details?: unknown[];
  errors?: unknown[];
}

/** The body of the error a call fails with; fails when the call does not. */
export async function errorOf(call: Promise<unknown>): Promise<GoogleErrorBody> {
  try {
    await call;
  } catch (error) {
    const response: unknown = Reflect.get(Object(error), 'response');
    const data: unknown = Reflect.get(Object(response), 'data');
    return Reflect.get(Object(data), 'error');
  }
  throw new Error('The call succeeded.');
}

/** A control of the stand-in. */
export async function control(
  google: { url: string },
  verb: string,
  path: string,
  body?: object,
): Promise<any> {
  const response = await fetch(`${google.url}${path}`, {
    method: verb,
    ...(body
      ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }
      : {}),
  });
  return response.json();
}
