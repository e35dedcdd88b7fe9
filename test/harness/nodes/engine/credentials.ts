import {
  ICredentialsHelper,
  type ICredentialDataDecryptedObject,
  type ICredentialType,
  type IDataObject,
  type IHttpRequestHelper,
  type IHttpRequestOptions,
  type INode,
  type IRequestOptionsSimplified,
  type Workflow,
} from 'n8n-workflow';
import { MateriGeminiApi } from '../../../../credentials/MateriGeminiApi.credentials.ts';
import { MateriGoogleOAuth2Api } from '../../../../credentials/MateriGoogleOAuth2Api.credentials.ts';
import { MateriGoogleServiceAccountApi } from '../../../../credentials/MateriGoogleServiceAccountApi.credentials.ts';
import { MateriPortalApi } from '../../../../credentials/MateriPortalApi.credentials.ts';

export type CredentialData = Readonly<Record<string, ICredentialDataDecryptedObject>>;

const TYPES: Readonly<Record<string, ICredentialType>> = {
  materiGeminiApi: new MateriGeminiApi(),
  materiGoogleOAuth2Api: new MateriGoogleOAuth2Api(),
  materiGoogleServiceAccountApi: new MateriGoogleServiceAccountApi(),
  materiPortalApi: new MateriPortalApi(),
};

/** n8n's credentials as far as the nodes use them: data by type, and the type's own headers. */
export class Credentials extends ICredentialsHelper {
  readonly #data: CredentialData;
  readonly #tokens = new Map<string, string>();

  constructor(data: CredentialData) {
    super();
    this.#data = data;
  }

  override getParentTypes(typeName: string): string[] {
    return TYPES[typeName]?.extends ?? [];
  }

  override isCredentialUsableByNode(): boolean {
    return true;
  }

  override authenticate(
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    request: IHttpRequestOptions | IRequestOptionsSimplified,
    workflow?: Workflow,
    node?: INode,
  ): Promise<IHttpRequestOptions> {
    const { authenticate } = TYPES[typeName] ?? {};
    if (!('url' in request) || workflow === undefined || node === undefined) {
      throw new Error('The nodes send their requests through httpRequestWithAuthentication only.');
    }
    if (authenticate === undefined || typeof authenticate === 'function') {
      throw new Error(`${typeName} is expected to authenticate by headers.`);
    }
    const headers: IDataObject = { ...request.headers };
    for (const [name, value] of Object.entries(authenticate.properties.headers ?? {})) {
      if (typeof value !== 'string') throw new Error(`${typeName}: ${name} is expected as text.`);
      const $credentials = credentials;
      const resolved = workflow.expression.getSimpleParameterValue(node, value, 'internal', {
        $credentials,
      });
      headers[name] = typeof resolved === 'string' ? resolved : '';
    }
    return Promise.resolve({ ...request, headers });
  }

  /** As n8n's own: a token that expires is fetched where there is none, and after a 401; and kept. */
  override async preAuthentication(
    helpers: IHttpRequestHelper,
    credentials: ICredentialDataDecryptedObject,
    typeName: string,
    _node: INode,
    hasExpired: boolean,
  ): Promise<ICredentialDataDecryptedObject | undefined> {
    const type = TYPES[typeName];
    const token = type?.properties.find(({ typeOptions }) => typeOptions?.expirable === true);
    if (token === undefined || type?.preAuthentication === undefined) return undefined;
    if (credentials[token.name] !== '' && !hasExpired) return undefined;
    const kept = this.#tokens.get(typeName);
    if (kept !== undefined && !hasExpired) return { ...credentials, [token.name]: kept };
    const output = await type.preAuthentication.call(helpers, credentials);
    const fetched = output[token.name];
    if (typeof fetched === 'string') this.#tokens.set(typeName, fetched);
    return { ...credentials, [token.name]: typeof fetched === 'string' ? fetched : '' };
  }

  override runPreAuthentication(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  override getDecrypted(
    _additionalData: unknown,
    _nodeCredentials: unknown,
    type: string,
  ): Promise<ICredentialDataDecryptedObject> {
    const data = this.#data[type];
    if (data === undefined) throw new Error(`The test gave no credential ${type}.`);
    return Promise.resolve({ ...data });
  }

  override getCredentialsProperties(type: string) {
    return TYPES[type]?.properties ?? [];
  }

  override getCredentials(): never {
    throw new Error('The nodes only read decrypted credentials.');
  }

  override updateCredentials(): Promise<void> {
    throw new Error('The nodes never write credentials.');
  }

  override updateCredentialsOauthTokenData(): Promise<void> {
    throw new Error('The nodes have no OAuth tokens.');
  }
}
