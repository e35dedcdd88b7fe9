import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** n8n-core writes its settings to the home folder unless told otherwise, when it is first used. */
process.env['N8N_USER_FOLDER'] ??= mkdtempSync(join(tmpdir(), 'materi-nodes-'));
process.env['N8N_DIAGNOSTICS_ENABLED'] = 'false';
process.env['N8N_LOG_LEVEL'] = 'silent';
