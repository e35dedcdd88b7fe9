import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

const SCOPES = [
  'https://www.googleapis.com/auth/spreadsheets',
  'https://www.googleapis.com/auth/drive.metadata.readonly',
];

export class MateriGoogleOAuth2Api implements ICredentialType {
  name = 'materiGoogleOAuth2Api';

  extends = ['oAuth2Api'];

  displayName = 'Materi Google OAuth2 API';

  icon: Icon = { light: 'file:materiGoogle.svg', dark: 'file:materiGoogle.dark.svg' };

  documentationUrl = 'https://developers.google.com/identity/protocols/oauth2/web-server';

  properties: INodeProperties[] = [
    { displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
    {
      displayName: 'Authorization URL',
      name: 'authUrl',
      type: 'hidden',
      default:
        '={{ ($self["rootUrl"] || "https://accounts.google.com").replace(/\\/+$/, "") + "/o/oauth2/v2/auth" }}',
    },
    {
      displayName: 'Access Token URL',
      name: 'accessTokenUrl',
      type: 'hidden',
      default:
        '={{ ($self["rootUrl"] || "https://oauth2.googleapis.com").replace(/\\/+$/, "") + "/token" }}',
    },
    { displayName: 'Scope', name: 'scope', type: 'hidden', default: SCOPES.join(' ') },
    {
      displayName: 'Auth URI Query Parameters',
      name: 'authQueryParameters',
      type: 'hidden',
      default: 'access_type=offline&prompt=consent',
    },
    { displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
    {
      displayName: 'API Base URL',
      name: 'rootUrl',
      type: 'string',
      default: '',
      placeholder: 'http://127.0.0.1:9000',
      description: 'Leave it empty. It is for a stand-in of Google while developing.',
    },
  ];
}
