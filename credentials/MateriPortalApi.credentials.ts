import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

export class MateriPortalApi implements ICredentialType {
  name = 'materiPortalApi';

  displayName = 'Materi Portal API';

  icon: Icon = { light: 'file:materiPortal.svg', dark: 'file:materiPortal.dark.svg' };

  documentationUrl =
    'https://github.com/digital-materi/digital-materi-portal/blob/main/workflows/README.md';

  properties: INodeProperties[] = [
    {
      displayName: 'Base URL',
      name: 'baseUrl',
      type: 'string',
      required: true,
      default: '',
      placeholder: 'https://portal.sekolah.sch.id',
      description: "The portal's address, without /api",
    },
    {
      displayName: 'API Key',
      name: 'apiKey',
      type: 'string',
      typeOptions: { password: true },
      required: true,
      default: '',
      description: 'A service key of the portal. An operator of the portal gives it to you.',
    },
    {
      displayName: 'Secret To n8n',
      name: 'secretToN8n',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      placeholder: 'whsec_…',
      description:
        'Checks the signature of events from the portal. An operator of the portal gives it to you. While it is rotated: both, separated by a space.',
    },
    {
      displayName: 'Secret From n8n',
      name: 'secretFromN8n',
      type: 'string',
      typeOptions: { password: true },
      default: '',
      placeholder: 'whsec_…',
      description:
        'Signs what n8n reports to the portal. An operator of the portal gives it to you.',
    },
  ];

  authenticate: IAuthenticateGeneric = {
    type: 'generic',
    properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey}}' } },
  };
}
