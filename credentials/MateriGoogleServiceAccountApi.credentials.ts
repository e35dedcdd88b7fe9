import type {
  IAuthenticateGeneric,
  Icon,
  ICredentialDataDecryptedObject,
  ICredentialType,
  IDataObject,
  IHttpRequestHelper,
  IN8nHttpFullResponse,
  INodeProperties,
} from 'n8n-workflow';
import { accessTokenOf, CATALOG_SCOPES, serverAddress, tokenRequest } from '../core/index.ts';

export class MateriGoogleServiceAccountApi implements ICredentialType {
  name = 'materiGoogleServiceAccountApi';

  displayName = 'Materi Google Service Account API';

  icon: Icon = { light: 'file:materiGoogle.svg', dark: 'file:materiGoogle.dark.svg' };

  documentationUrl = 'https://developers.google.com/identity/protocols/oauth2/service-account';

  properties: INodeProperties[] = [
    {
      displayName: 'Service Account Email',
      name: 'email',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'name@project.iam.gserviceaccount.com',
      description: 'The client_email of the key file. Share the spreadsheet with it, as an editor.',
    },
    {
      displayName: 'Private Key',
      name: 'privateKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      placeholder: '-----BEGIN PRIVATE KEY-----…',
      description:
        'The private_key of the key file. Sheets API and Drive API must be enabled in its project.',
    },
    {
      displayName: 'API Base URL',
      name: 'rootUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:9000',
      description: 'Leave it empty. It is for a stand-in of Google while developing.',
    },
    {
      displayName: 'Access Token',
      name: 'accessToken',
      type: 'hidden',
      typeOptions: { expirable: true, password: true },
      default: '',
    },
  ];

  /** Exchanges a claim signed with the key for an access token (RFC 7523); n8n keeps it until a 401. */
  async preAuthentication(
    this: IHttpRequestHelper,
    { email, privateKey, rootUrl }: ICredentialDataDecryptedObject,
  ): Promise<IDataObject> {
    const root = serverAddress(String(rootUrl ?? ''));
    const tokenUrl = `${root === '' ? 'https://oauth2.googleapis.com' : root}/token`;
    const account = { email: String(email), privateKey: String(privateKey), tokenUrl };
    const now = Math.floor(Date.now() / 1_000);
    const { statusCode, body }: IN8nHttpFullResponse = await this.helpers.httpRequest({
      method: 'POST',
      url: tokenUrl,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: tokenRequest({ ...account, scopes: CATALOG_SCOPES }, now),
      // A redirect would take the signed claim to another server.
      disableFollowRedirect: true,
      returnFullResponse: true,
      ignoreHttpStatusErrors: true,
    });
    return { accessToken: accessTokenOf(account.email, statusCode, body) };
  }

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.accessToken}}' } },
  };
}
