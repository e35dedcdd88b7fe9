import { running } from './startEditor.ts';

/** After the tests of n8n's editor. */
export default async function stop(): Promise<void> {
  await running.stack?.stop();
}
