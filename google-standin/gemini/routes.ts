import { errorInfo, GoogleError, notImplemented } from '../http/googleError.ts';
import type { Route, RouteRequest } from '../http/route.ts';
import { geminiNames, refuseLackingParameters, refuseUnknownParameters } from '../names/index.ts';
import { generate } from './generate.ts';
import { modelPage } from './modelPage.ts';
import { modelResource } from './models.ts';
import { answeringModel, listedModel } from './modelNamed.ts';
import { parseGenerateContent } from './request.ts';

const service = 'generativelanguage.googleapis.com';

/** The Gemini API (v1beta): list, get, generateContent. */
export function geminiRoutes(apiKeys: readonly string[]): Route[] {
  const route = (
    verb: 'GET' | 'POST',
    path: string,
    method: string,
    handle: (request: RouteRequest) => object,
  ): Route => ({
    verb,
    path: new RegExp(`^/v1beta/models${path}$`),
    service: 'gemini',
    method,
    handle: (request) => {
      requireKey(request, apiKeys);
      const query = request.url.searchParams;
      refuseUnknownParameters(geminiNames, method, query);
      refuseLackingParameters(geminiNames, method, query, geminiNames.parametersOf(method));
      if (query.has('fields')) throw notImplemented('the parameter fields');
      return { body: handle(request) };
    },
  });
  return [
    route('GET', '', 'models.list', ({ url }) => modelPage(url.searchParams)),
    route('GET', '/(?<model>[^/:]+)', 'models.get', ({ params }) =>
      modelResource(listedModel(params['model'] ?? '')),
    ),
    route('POST', '/(?<model>[^/:]+):generateContent', 'generateContent', (request) => {
      const model = answeringModel(request.params['model'] ?? '');
      return generate(model, parseGenerateContent(request.text), request.fault);
    }),
  ];
}

function requireKey({ headers, url }: RouteRequest, apiKeys: readonly string[]): void {
  const header = headers['x-goog-api-key'];
  const key = url.searchParams.get('key') ?? (Array.isArray(header) ? header[0] : header);
  if (key === undefined || key === '') {
    throw new GoogleError(
      403,
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API.",
    );
  }
  if (apiKeys.includes(key)) return;
  const message = 'API key not valid. Please pass a valid API key.';
  throw new GoogleError(400, message, [
    errorInfo('API_KEY_INVALID', { service }),
    { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message },
  ]);
}
