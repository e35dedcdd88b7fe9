/**
 * `npm start` with a state folder of its own, on any free ports. SIGUSR2 makes an error that nothing
 * catches.
 */
import { join } from 'node:path';
import { supervise } from '../../../local/stack/supervise.ts';

process.on('SIGUSR2', () => {
  throw new Error('a fault of the supervisor');
});

await supervise({
  project: join(import.meta.dirname, '..', '..', '..'),
  state: process.argv[2] ?? '',
  own: process.env,
  node: process.execPath,
  ports: 'any',
});
