import type { N8nCredential } from '../n8n/index.ts';
import type { Google } from './google.ts';
import type { Secrets } from './secrets.ts';

/** The credentials that the workflows name, filled in for this stack. */
export function n8nCredentials(api: string, secrets: Secrets, google: Google): N8nCredential[] {
  return [
    {
      id: 'materiPortal0001',
      name: 'Materi Portal',
      type: 'materiPortalApi',
      data: {
        baseUrl: api,
        apiKey: secrets.serviceKey,
        secretToN8n: secrets.toN8n,
        secretFromN8n: secrets.fromN8n,
      },
    },
    {
      id: 'materiGemini0001',
      name: 'Materi Gemini',
      type: 'materiGeminiApi',
      data: google.gemini,
    },
  ];
}
