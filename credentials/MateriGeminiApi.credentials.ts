import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class MateriGeminiApi implements ICredentialType {
  name = 'materiGeminiApi';

  displayName = 'Materi Gemini API';

  icon: Icon = { light: 'file:materiGemini.svg', dark: 'file:materiGemini.dark.svg' };

  documentationUrl = 'https://ai.google.dev/gemini-api/docs/api-key';

  properties: INodeProperties[] = [
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: 'From Google AI Studio',
    },
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: 'https://generativelanguage.googleapis.com',
      description: 'Change it only for a proxy, or a stand-in while developing',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { 'x-goog-api-key': '={{$credentials.apiKey}}' } },
  };
}
