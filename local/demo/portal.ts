import * as z from 'zod/v4-mini';
import { createClient, type Client } from '../../client/client/index.ts';
import {
  createMaterial,
  getJob,
  getMaterial,
  retryJob,
  signIn,
  type Job,
  type NewMaterial,
  type Problem,
} from '../../client/index.ts';
import { analysisSchema } from '../../core/index.ts';
import { STAND_IN_CLIENT_ID } from '../stack/google.ts';
import type { StackFacts } from '../stack/stackFile.ts';

const tokenSchema = z.object({ idToken: z.string() });
const shownSchema = z.object({ analysis: analysisSchema });

export type { Job };
export type Analysis = z.infer<typeof analysisSchema>;

/** The portal's API as a signed-in teacher uses it. */
export class Portal {
  readonly name: string;
  readonly #client: Client;

  private constructor(name: string, client: Client) {
    this.name = name;
    this.#client = client;
  }

  /**
   * Signs in with an ID token of the stand-in for Google.
   *
   * @throws Error if the stack runs against the real Google, where only a browser can sign in
   */
  static async signIn(facts: StackFacts, email: string): Promise<Portal> {
    if (facts.google === null) {
      throw new Error('This stack runs against the real Google: sign in there with a browser.');
    }
    const query = new URLSearchParams({ email, aud: STAND_IN_CLIENT_ID });
    const issued = await fetch(`${facts.google.url}/stand-in/id-token?${query.toString()}`);
    const body = z.parse(tokenSchema, await issued.json());
    const client = createClient({ baseUrl: facts.api });
    const { accessToken, user } = await answer(signIn({ client, body }));
    client.setConfig({ auth: accessToken });
    return new Portal(user.name, client);
  }

  addMaterial(body: NewMaterial) {
    return answer(createMaterial({ client: this.#client, body }));
  }

  job(id: string): Promise<Job> {
    return answer(getJob({ client: this.#client, path: { id } }));
  }

  retry(id: string): Promise<Job> {
    return answer(retryJob({ client: this.#client, path: { id } }));
  }

  /** The analysis on show of a material; null: there is none. */
  async analysis(id: string): Promise<Analysis | null> {
    const { analysis } = await answer(getMaterial({ client: this.#client, path: { id } }));
    return analysis && z.parse(shownSchema, analysis).analysis;
  }
}

/** @throws Error with the detail of the problem that the API answers */
async function answer<Data>(
  request: Promise<{ data: Data; error: Problem | undefined; response?: Response }>,
): Promise<NonNullable<Data>> {
  const { data, error, response } = await request;
  if (data !== undefined && data !== null) return data;
  throw new Error(`${response?.status} from ${response?.url}: ${error?.detail}`);
}
