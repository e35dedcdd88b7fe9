import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { absolutePath } from 'swagger-ui-dist';
import { z } from 'zod/v4';
import { PortalError } from '../errors.ts';
import { route, type Route } from './route.ts';

const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width" />
<title>API · Digital Materi Portal</title>
<link rel="icon" href="data:," />
<link rel="stylesheet" href="/api/docs/swagger-ui.css" />
<div id="docs"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</html>
`;

const START = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  // Otherwise Swagger UI would send the document to its own server.
  validatorUrl: null,
});
`;

/** The page's own files. Swagger UI sets styles inside the page, and draws icons as data. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const CACHING = { 'Cache-Control': 'public, max-age=3600' };

const documentSchema = z.looseObject({ openapi: z.string() });

/** The OpenAPI document, and a page to read and try it (Swagger UI). Both need no sign-in. */
export function docRoutes(document: object): Route[] {
  // Bytes, so that they are compressed once.
  const text = Buffer.from(JSON.stringify(document));
  const fromPackage = (name: string) => readFileSync(join(absolutePath(), name));
  const files = new Map([
    ['start.js', { type: 'text/javascript', body: START }],
    [
      'swagger-ui-bundle.js',
      { type: 'text/javascript', body: fromPackage('swagger-ui-bundle.js') },
    ],
    ['swagger-ui.css', { type: 'text/css', body: fromPackage('swagger-ui.css') }],
  ]);
  return [
    route(
      {
        name: 'getOpenApi',
        summary: 'Gets this document.',
        method: 'GET',
        path: '/openapi.json',
        caller: 'anyone',
        responses: { 200: documentSchema },
      },
      () => ({ headers: CACHING, body: text }),
    ),
    route(
      {
        name: 'getDocs',
        summary: 'A page to read the document.',
        method: 'GET',
        path: '/docs',
        caller: 'anyone',
        responses: { 200: z.string() },
      },
      () => ({
        headers: { ...CACHING, 'Content-Type': 'text/html', 'Content-Security-Policy': POLICY },
        body: PAGE,
      }),
    ),
    route(
      {
        name: 'getDocsFile',
        summary: 'A file of that page.',
        method: 'GET',
        path: '/docs/:file',
        caller: 'anyone',
        params: z.object({ file: z.string() }),
        responses: { 200: z.string() },
      },
      ({ params }) => {
        const file = files.get(params.file);
        if (file === undefined) throw new PortalError('not_found', 'There is no such file.');
        return { headers: { ...CACHING, 'Content-Type': file.type }, body: file.body };
      },
    ),
  ];
}
