import { serverAddress, type Secrets } from '../../../core/index.ts';

export const PORTAL_CREDENTIAL = 'materiPortalApi';

/** The fields of the credential type "Materi Portal API". */
export interface PortalCredential {
  baseUrl: string;
  apiKey: string;
  secretToN8n: string;
  secretFromN8n: string;
}

/** @param path begins with `/api/` */
export function portalUrl({ baseUrl }: PortalCredential, path: string): string {
  return serverAddress(baseUrl).replace(/\/api$/, '') + path;
}

/**
 * One direction's secrets: several stand beside one another, separated by blanks or commas, while
 * they are rotated. The first signs, all verify.
 *
 * @returns undefined if the field is empty
 */
export function secretsOf(field: string): Secrets | undefined {
  const [first, ...others] = field.split(/[\s,]+/).filter((secret) => secret !== '');
  return first === undefined ? undefined : [first, ...others];
}
