/** `npm start`: the embedded stack, until Ctrl-C, SIGTERM or the death of a part. */
import { dirname, join } from 'node:path';
import { supervise } from './stack/supervise.ts';

const project = dirname(import.meta.dirname);

await supervise({
  project,
  state: join(project, '.local'),
  own: process.env,
  node: process.execPath,
});
