import { running } from './running.ts';

/** After the API's tests. */
export default async function stop(): Promise<void> {
  await running.parts?.stop();
  running.giveBack?.();
}
