import * as z from 'zod/v4-mini';

const subscriptionsSchema = z.object({ items: z.array(z.object({ url: z.string() })) });

/**
 * Whether the API sends its events to this n8n.
 * @param urls base URLs
 */
export async function isTriggerRegistered(
  urls: { readonly api: string; readonly n8n: string },
  serviceKey: string,
): Promise<boolean> {
  const response = await fetch(`${urls.api}/api/webhook/subscriptions`, {
    headers: { authorization: `Bearer ${serviceKey}` },
  });
  if (!response.ok) throw new Error(`The API answers ${response.status} to its service key`);
  const { items } = z.parse(subscriptionsSchema, await response.json());
  return items.some(({ url }) => url.startsWith(`${urls.n8n}/webhook/`));
}
