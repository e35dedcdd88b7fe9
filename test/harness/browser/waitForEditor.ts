/** Before each file of tests of the editor: startEditor.ts does not wait until its stack runs. */
import { beforeAll } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitUntil } from '../../../local/process/waitUntil.ts';
import { editorStarted } from './startEditor.ts';

/** A guard against hanging; on a slow line n8n is installed in minutes. */
const GUARD_MS = 900_000;

beforeAll(async () => {
  const started = editorStarted(join(__dirname, '..', '..', '..'));
  const read = () => ({ failure: readFileSync(started, 'utf8') });
  const what = 'the stack for the tests of the editor';
  const { failure } = await waitUntil(read, { what, within: GUARD_MS });
  if (failure !== '') throw new Error(`${what} does not run: ${failure}`);
}, GUARD_MS + 10_000);
