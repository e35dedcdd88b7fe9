import * as z from 'zod/v4-mini';
import { analysisSchema } from '../../core/index.ts';
import { STAND_IN_CLIENT_ID } from '../stack/google.ts';
import type { StackFacts } from '../stack/stackFile.ts';
import type { TypedMaterial } from './materials.ts';

const jobSchema = z.object({
  id: z.string(),
  status: z.enum(['PROCESSING', 'COMPLETED', 'FAILED']),
  progress: z.number(),
  attempt: z.number(),
  executionId: z.nullable(z.string()),
  error: z.nullable(
    z.object({ message: z.object({ id: z.string(), en: z.string() }), detail: z.string() }),
  ),
  createdAt: z.string(),
  endedAt: z.optional(z.string()),
});
const createdSchema = z.object({
  material: z.object({ id: z.string(), title: z.string() }),
  job: jobSchema,
});
const shownSchema = z.object({ analysis: z.nullable(z.object({ analysis: analysisSchema })) });
const sessionSchema = z.object({ accessToken: z.string(), user: z.object({ name: z.string() }) });
const problemSchema = z.object({ title: z.optional(z.string()), detail: z.optional(z.string()) });

export type Job = z.infer<typeof jobSchema>;
export type Analysis = z.infer<typeof analysisSchema>;

/** The portal's API as a signed-in teacher uses it. */
export class Portal {
  readonly name: string;
  readonly #api: string;
  readonly #token: string;

  private constructor(api: string, { accessToken, user }: z.infer<typeof sessionSchema>) {
    this.#api = api;
    this.#token = accessToken;
    this.name = user.name;
  }

  /**
   * Signs in with an ID token of the stand-in for Google.
   * @throws Error when the stack runs against the real Google, where only a browser can sign in
   */
  static async signIn(facts: StackFacts, email: string): Promise<Portal> {
    if (facts.google === null) {
      throw new Error('This stack runs against the real Google: sign in there with a browser.');
    }
    const query = new URLSearchParams({ email, aud: STAND_IN_CLIENT_ID });
    const answer = await read(
      await fetch(`${facts.google.url}/stand-in/id-token?${query.toString()}`),
      z.object({ idToken: z.string() }),
    );
    const response = await fetch(`${facts.api}/api/auth/google`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(answer),
    });
    return new Portal(facts.api, await read(response, sessionSchema));
  }

  async addMaterial(material: TypedMaterial): Promise<z.infer<typeof createdSchema>> {
    return this.#request(createdSchema, 'POST', '/materials', material);
  }

  async job(id: string): Promise<Job> {
    return this.#request(jobSchema, 'GET', `/jobs/${id}`);
  }

  async retry(id: string): Promise<Job> {
    return this.#request(jobSchema, 'POST', `/jobs/${id}/retry`);
  }

  /** The analysis on show of a material, null while there is none. */
  async analysis(materialId: string): Promise<Analysis | null> {
    const answer = await this.#request(shownSchema, 'GET', `/materials/${materialId}`);
    return answer.analysis?.analysis ?? null;
  }

  async #request<T>(
    schema: z.ZodMiniType<T>,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    const response = await fetch(`${this.#api}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return read(response, schema);
  }
}

async function read<T>(response: Response, schema: z.ZodMiniType<T>): Promise<T> {
  const text = await response.text();
  if (response.ok) return z.parse(schema, JSON.parse(text));
  const told = z.safeParse(problemSchema, parsed(text));
  const reason = told.success ? (told.data.detail ?? told.data.title) : undefined;
  throw new Error(`${response.status} from ${response.url}: ${reason ?? text.slice(0, 300)}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
