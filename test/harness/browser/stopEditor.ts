import { running } from './startEditor.ts';

/** After the tests of n8n's editor. */
export default async function stop(): Promise<void> {
  // The tests have shown why a start has failed.
  const stack = await running.stack?.catch(() => undefined);
  await stack?.stop();
}
