import type { Stack } from '../../../local/stack/index.ts';
import { startTestStack } from '../stack/testStack.ts';

/** The name of the state folder in `.local/`. */
export const EDITOR_STATE = 'test-editor';

/** The stack is started before the tests of the editor and stopped after them, by one process. */
export const running: { stack?: Stack } = {};

/**
 * Before the tests of n8n's editor: one whole stack for all of them, because n8n takes half a
 * minute to start. PostgreSQL, the stand-in for Google, the API and n8n. n8n has our built package,
 * its owner, the credentials "Materi Portal" and "Materi Gemini", and the published workflows.
 */
export default async function start(jest: { rootDir: string }): Promise<void> {
  running.stack = await startTestStack(jest.rootDir, EDITOR_STATE);
}
