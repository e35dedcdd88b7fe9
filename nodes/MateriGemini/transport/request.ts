import type { IAllExecuteFunctions, IDataObject } from 'n8n-workflow';
import { serverAddress } from '../../../core/index.ts';
import { exchange, type Exchange } from '../../shared/http/exchange.ts';

export const GEMINI_CREDENTIAL = 'materiGeminiApi';

/** The fields of the credential type "Materi Gemini API". */
interface GeminiCredential {
  baseUrl: string;
  apiKey: string;
}

interface GeminiRequest {
  readonly method: 'GET' | 'POST';
  /** Begins with `/v1beta/`. */
  readonly path: string;
  readonly qs?: IDataObject;
  readonly body?: object;
  readonly timeoutMs: number;
}

/** One request to the Gemini API, with the credential's key; tried once. */
export async function requestGemini(
  node: IAllExecuteFunctions,
  { path, timeoutMs, body, ...request }: GeminiRequest,
): Promise<Exchange> {
  const { baseUrl } = await node.getCredentials<GeminiCredential>(GEMINI_CREDENTIAL);
  return await exchange(node, GEMINI_CREDENTIAL, {
    ...request,
    ...(body === undefined ? {} : { body }),
    url: serverAddress(baseUrl) + path,
    json: true,
    timeout: timeoutMs,
  });
}
