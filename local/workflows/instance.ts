import * as z from 'zod/v4-mini';
import { serverAddress } from '../../core/index.ts';
import { N8nClient } from '../n8n/index.ts';
import type { StackFacts } from '../stack/index.ts';

/** The workflows of a running n8n. */
export interface Instance {
  readonly url: string;
  /** @returns undefined: n8n has no workflow of this id */
  readonly read: (id: string) => Promise<StoredWorkflow | undefined>;
}

const isNamed = (node: unknown) =>
  typeof node === 'object' && node !== null && typeof Reflect.get(node, 'name') === 'string';

const storedSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  // An object schema would put `name` first, and so change the order in an exported file.
  nodes: z.array(z.custom<{ readonly name: string }>(isNamed)),
  connections: z.record(z.string(), z.unknown()),
  settings: z._default(z.looseObject({}), {}),
});
export type StoredWorkflow = z.infer<typeof storedSchema>;

/** How long n8n may take to answer, in milliseconds. */
const ANSWER_WITHIN = 60_000;

/**
 * Chooses the n8n: the one that `N8N_URL` and `N8N_API_KEY` name, else the one of `npm start`.
 *
 * @throws Error that says what to set or start
 */
export async function chooseInstance(
  environment: NodeJS.ProcessEnv,
  facts: StackFacts | undefined,
): Promise<Instance> {
  const { N8N_URL: address = '', N8N_API_KEY: key = '' } = environment;
  if (address !== '' && key !== '') return byApiKey(address, key);
  if (address !== '' || key !== '') throw new Error('Set both N8N_URL and N8N_API_KEY.');
  if (facts === undefined) {
    throw new Error('No n8n runs here. Run npm start, or set N8N_URL and N8N_API_KEY.');
  }
  const { url, email, password } = facts.n8n;
  const client = await N8nClient.signIn(url, email, password);
  return { url, read: (id) => client.find(storedSchema, `/workflows/${id}`) };
}

/** n8n's public API (docs.n8n.io/api). */
function byApiKey(address: string, key: string): Instance {
  const url = serverAddress(address);
  return {
    url,
    async read(id) {
      const response = await fetch(`${url}/api/v1/workflows/${encodeURIComponent(id)}`, {
        headers: { 'X-N8N-API-KEY': key, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN),
      });
      if (response.status === 404) return undefined;
      const text = await response.text();
      if (response.status === 401) throw new Error(`${url} does not accept N8N_API_KEY.`);
      if (!response.ok) {
        throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
      }
      return z.parse(storedSchema, JSON.parse(text));
    },
  };
}
