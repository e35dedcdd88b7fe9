import * as z from 'zod/v4-mini';

/** How long n8n may take to answer, in milliseconds; publishing waits for the portal. */
const ANSWER_WITHIN = 60_000;

const answerSchema = z.object({ data: z.unknown() });

/** n8n refused a request; `status` is HTTP's. */
export class N8nRefused extends Error {
  readonly status: number;

  constructor(what: string, status: number, body: string) {
    super(`n8n answered ${status} to ${what}: ${body.slice(0, 500)}`);
    this.status = status;
  }
}

/** n8n's own REST interface, as its editor uses it, signed in as the owner. */
export class N8nClient {
  readonly #url: string;
  readonly #cookie: string;

  private constructor(url: string, cookie: string) {
    this.#url = url;
    this.#cookie = cookie;
  }

  /** Signs in. @throws N8nRefused when the password is not the owner's */
  static async signIn(url: string, email: string, password: string): Promise<N8nClient> {
    const what = 'POST /rest/login';
    const response = await fetch(`${url}/rest/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ emailOrLdapLoginId: email, password }),
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const body = await response.text();
    if (!response.ok) throw new N8nRefused(what, response.status, body);
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    return new N8nClient(url, cookies.join('; '));
  }

  /** Sends a request and gives what n8n answers as `data`. @throws N8nRefused */
  async request<T>(
    schema: z.ZodMiniType<T>,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const response = await fetch(`${this.#url}/rest${path}`, {
      method,
      headers: { cookie: this.#cookie, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_WITHIN),
    });
    const text = await response.text();
    if (!response.ok) throw new N8nRefused(`${method} /rest${path}`, response.status, text);
    return z.parse(schema, z.parse(answerSchema, JSON.parse(text)).data);
  }

  /** Reads one thing; undefined if n8n does not have it. For a missing id n8n answers 404 or 403. */
  async find<T>(schema: z.ZodMiniType<T>, path: string): Promise<T | undefined> {
    try {
      return await this.request(schema, 'GET', path);
    } catch (error) {
      if (error instanceof N8nRefused && [403, 404].includes(error.status)) return undefined;
      throw error;
    }
  }
}
