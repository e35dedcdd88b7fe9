import { running } from './running.ts';

/** After the API's tests. */
export default async function stop(): Promise<void> {
  try {
    await running.dropTemplate?.();
  } finally {
    await running.parts?.stop();
  }
  running.giveBack?.();
}
