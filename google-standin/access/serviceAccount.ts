import { createPrivateKey } from 'node:crypto';
import { selfSignedCertificate } from './certificate.ts';
import type { Keys } from '../store/keys.ts';

/** The JSON key file that Google gives for a service account. */
export interface ServiceAccountKey {
  readonly type: 'service_account';
  readonly project_id: string;
  readonly private_key_id: string;
  readonly private_key: string;
  readonly client_email: string;
  readonly client_id: string;
  readonly auth_uri: string;
  readonly token_uri: string;
  readonly auth_provider_x509_cert_url: string;
  readonly client_x509_cert_url: string;
  readonly universe_domain: 'googleapis.com';
}

const projectId = 'digital-materi-stand-in';
export const serviceAccountEmail = `portal@${projectId}.iam.gserviceaccount.com`;

export function serviceAccountKey(keys: Keys, root: string): ServiceAccountKey {
  return {
    type: 'service_account',
    project_id: projectId,
    private_key_id: keys.serviceAccountKeyId,
    private_key: keys.serviceAccountKey,
    client_email: serviceAccountEmail,
    client_id: keys.serviceAccountClientId,
    auth_uri: `${root}/o/oauth2/auth`,
    token_uri: `${root}/token`,
    auth_provider_x509_cert_url: `${root}/oauth2/v1/certs`,
    client_x509_cert_url: `${root}/robot/v1/metadata/x509/${encodeURIComponent(serviceAccountEmail)}`,
    universe_domain: 'googleapis.com',
  };
}

/** The answer of `client_x509_cert_url`. */
export async function serviceAccountCertificates(keys: Keys): Promise<Record<string, string>> {
  const key = createPrivateKey(keys.serviceAccountKey);
  return { [keys.serviceAccountKeyId]: await selfSignedCertificate(key, serviceAccountEmail) };
}
