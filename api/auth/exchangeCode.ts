import type { Request } from 'express';
import { Strategy, type Profile, type VerifyCallback } from 'passport-google-oauth20';
import { z } from 'zod/v4';
import { boundedText } from '../boundedText.ts';
import type { CodeSignIn, Config } from '../config/config.ts';
import { PortalError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { CodeBody } from './schemas.ts';

const GOOGLE_TOKEN_URL = 'https://oauth2.googleapis.com/token';

const EXCHANGE_MS = 5_000;

/** Google's answer has about 3,000 bytes. */
const BYTES_MOST = 100_000;

/** Errors of Google that the operator has to correct. The person that signs in can do nothing. */
const OPERATOR_ERRORS: readonly string[] = ['invalid_client', 'deleted_client', 'disabled_client'];

/** An error of the token endpoint (RFC 6749, section 5.2), as passport-oauth2 gives it. */
const tokenErrorSchema = z.object({ name: z.literal('TokenError'), code: z.string() });

/** An error that `post` throws, as passport-oauth2 wraps it: Google could not be reached. */
const awaySchema = z.object({ oauthError: z.instanceof(Error) });

/** Google’s answer. The scope `openid` gives the ID token. */
const answerSchema = z.object({ id_token: z.string().min(1).max(10_000) });

/**
 * Exchanges an authorization code for Google's ID token.
 *
 * @throws PortalError `code_sign_in_off`, `invalid` for another redirect URI, `code_refused`,
 *   `google_unavailable`
 */
export type ExchangeCode = (body: CodeBody) => Promise<string>;

/** Exchanges codes with the strategy of passport-google-oauth20. No error repeats a code or a secret. */
export function codeExchange(
  { clientId, codeSignIn, rootUrl }: Pick<Config['google'], 'clientId' | 'codeSignIn' | 'rootUrl'>,
  log: Logger,
): ExchangeCode {
  const tokenUrl = rootUrl === null ? GOOGLE_TOKEN_URL : `${rootUrl}/token`;
  return async (body) => {
    if (codeSignIn === null) {
      throw new PortalError(
        'code_sign_in_off',
        'This portal takes no authorization codes: it has no GOOGLE_CLIENT_SECRET. Send an idToken.',
      );
    }
    if (!codeSignIn.redirectUris.includes(body.redirectUri)) {
      const message = 'is not one of GOOGLE_REDIRECT_URIS';
      throw new PortalError('invalid', `Not valid: redirectUri ${message}.`, [
        { path: 'redirectUri', message },
      ]);
    }
    const strategy = new CodeStrategy(clientId, codeSignIn, tokenUrl);
    const exchanged = await strategy.exchange(body).catch((error: unknown) => {
      throw asPortalError(error, log);
    });
    const answer = answerSchema.safeParse(exchanged);
    if (answer.success) return answer.data.id_token;
    throw new PortalError(
      'code_refused',
      'Google gave no ID token for the code. Ask Google for a code with the scope openid.',
    );
  };
}

/**
 * The strategy, used without Express sessions: the client keeps `state` and the code verifier. The
 * strategy sends the code to Google, and gives its verify callback Google's answer. A strategy serves one
 * exchange, because passport's callbacks belong to one request.
 */
class CodeStrategy extends Strategy {
  constructor(clientID: string, { clientSecret }: CodeSignIn, tokenURL: string) {
    super(
      // The ID token names the person, so the strategy need not ask Google for a profile.
      { clientID, clientSecret, tokenURL, skipUserProfile: true },
      (
        _access: string,
        _refresh: string,
        answer: object,
        _profile: Profile,
        done: VerifyCallback,
      ) => done(null, answer),
    );
    // Replaces the request of oauth 0.10.2, which limits neither the time nor the size of an answer. It
    // waits for ever if the connection breaks within the answer. The answer `null` makes it throw outside
    // of every callback.
    Object.assign(this._oauth2, {
      _executeRequest: (
        _library: unknown,
        _options: unknown,
        form: string,
        done: (error: unknown, text?: string) => void,
      ) => {
        void post(tokenURL, form)
          .then((text) => done(null, text))
          .catch(done);
      },
    });
  }

  /** RFC 7636, section 4.5. */
  override tokenParams({ codeVerifier }: { codeVerifier: string }): object {
    return { code_verifier: codeVerifier };
  }

  exchange({ code, codeVerifier, redirectUri }: CodeBody): Promise<unknown> {
    return new Promise((resolve, reject) => {
      Object.assign(this, { success: resolve, fail: reject, error: reject });
      // The strategy reads only the code from the request.
      const request = { body: { code } } as unknown as Request;
      this.authenticate(request, { callbackURL: redirectUri, codeVerifier });
    });
  }
}

const objectSchema = z.looseObject({});

/**
 * Posts a form within time and size limits.
 *
 * @returns a JSON object as text
 * @throws `{ statusCode, data }` for an error of the request, as oauth does; Error if Google is away
 */
async function post(url: string, form: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
    body: form,
    redirect: 'error',
    signal: AbortSignal.timeout(EXCHANGE_MS),
  });
  const { status } = response;
  if (status === 429 || status >= 500) {
    await response.body?.cancel();
    throw new Error(`Google answered ${status}`);
  }
  const text = await boundedText(response, BYTES_MOST);
  requireObject(text);
  // eslint-disable-next-line @typescript-eslint/only-throw-error -- passport-oauth2 reads these fields
  if (!response.ok) throw { statusCode: status, data: text };
  return text;
}

/** The errors of JSON.parse quote the text, and it may have a token. */
function requireObject(text: string): void {
  try {
    objectSchema.parse(JSON.parse(text));
  } catch {
    throw new Error('Google’s answer is not a JSON object');
  }
}

function asPortalError(error: unknown, log: Logger): Error {
  const refusal = tokenErrorSchema.safeParse(error);
  const code = refusal.success ? refusal.data.code : null;
  if (code !== null && OPERATOR_ERRORS.includes(code)) {
    return new Error(
      `Google refuses this portal: ${code}. Compare GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET with Google’s console.`,
    );
  }
  if (code !== null) {
    return new PortalError(
      'code_refused',
      'Google refuses the code: it has expired, has been used, or belongs to another code verifier or redirect URI. Sign in with Google again.',
    );
  }
  const away = awaySchema.safeParse(error);
  log.warn({ err: away.data?.oauthError }, 'Google exchanges no authorization code');
  return new PortalError(
    'google_unavailable',
    'Google exchanges no authorization code now, so nobody can sign in with one. Try again in a moment.',
  );
}
