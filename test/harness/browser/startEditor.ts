import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from '../../../local/stack/index.ts';
import { setUp } from '../stack/setUp.ts';
import { startTestStack } from '../stack/testStack.ts';

/** The name of the state folder in `.local/`. */
const EDITOR_STATE = 'test-editor';

export const editorState = (project: string) => join(project, '.local', EDITOR_STATE);

/** This file appears when the start of the stack has ended. It is empty, or says why the start has failed. */
export const editorStarted = (project: string) => `${editorState(project)}.started`;

/** The stack is started before the tests of the editor and stopped after them, by one process. */
export const running: { stack?: Promise<Stack> } = {};

/**
 * Before the tests of n8n's editor: begins to start one whole stack for all of them, because n8n takes
 * half a minute to start. PostgreSQL, the stand-in for Google, the API and n8n. n8n has our built package,
 * its owner, the credentials "Materi Portal" and "Materi Gemini", and the published workflows. Other tests
 * run meanwhile; those of the editor wait (waitForEditor.ts).
 */
export default function start({ rootDir }: { rootDir: string }): void {
  const started = editorStarted(rootDir);
  rmSync(started, { force: true });
  running.stack = setUp(rootDir).then(() => startTestStack(rootDir, EDITOR_STATE));
  running.stack.then(
    () => writeFileSync(started, ''),
    (error: unknown) => writeFileSync(started, String(error)),
  );
}
