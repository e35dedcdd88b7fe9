/**
 * A process that tries to take a state folder at the moment that its parent names. It answers whether it
 * has the folder. It keeps the folder until it is killed.
 */
import { RunsAlready, takeStateFolder } from '../../../local/stack/lock.ts';

const state = process.argv[2] ?? '';

process.on('message', (atMs: number) => {
  while (Date.now() < atMs); // all contenders try in the same millisecond
  process.send?.(attempt());
});

function attempt(): string {
  try {
    takeStateFolder(state);
    return 'took it';
  } catch (error) {
    return error instanceof RunsAlready ? error.message : String(error);
  }
}
