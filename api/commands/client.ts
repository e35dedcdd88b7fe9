/**
 * `npm run build:client`: generates `client/` from the API's OpenAPI document.
 *
 * @param argv a folder for the client; left out: `client/`
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@hey-api/openapi-ts';
import { documentOf } from '../app.ts';
import { createLogger } from '../log.ts';
import type { Portal } from '../portal.ts';

const output = process.argv[2] ?? join(import.meta.dirname, '../../client');
/** Routes are only declared here, not called: so the portal needs neither PostgreSQL nor settings. */
const portal = {
  log: createLogger('silent'),
  config: { google: {}, n8n: {} },
} as unknown as Portal;

const folder = mkdtempSync(join(tmpdir(), 'materi-openapi-'));
try {
  const input = join(folder, 'openapi.json');
  writeFileSync(input, JSON.stringify(documentOf(portal)));
  await createClient({
    input,
    output: {
      path: output,
      module: { extension: '.ts' },
      header: [
        '// @ts-nocheck',
        '// Generated from the API by `npm run build:client`: do not change it by hand.',
      ],
    },
    plugins: ['@hey-api/client-fetch', '@hey-api/typescript', '@hey-api/sdk'],
    logs: { level: 'error' },
  });
} finally {
  rmSync(folder, { recursive: true });
}
