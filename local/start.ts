/** `npm start`: the embedded stack, until Ctrl-C, SIGTERM or the death of a part. */
import { EventEmitter, once } from 'node:events';
import { dirname, join } from 'node:path';
import { PartDied, Progress, RunsAlready, startStack } from './stack/index.ts';
import { onStopSignal } from './stack/stopSignal.ts';
import { summary } from './stack/summary.ts';

const project = dirname(import.meta.dirname);
const screen = {
  write: (line: string) => console.log(line),
  colour: process.stdout.isTTY && process.stdout.hasColors(),
};

const stopping = new AbortController();
const deaths = new EventEmitter();
const death = once(deaths, 'death').then(([died]: PartDied[]) => died);
const signalled = onStopSignal(() => stopping.abort());

console.log('\n  Digital Materi\n');
try {
  const stack = await startStack({
    project,
    state: join(project, '.local'),
    own: process.env,
    node: process.execPath,
    progress: new Progress(screen),
    signal: stopping.signal,
    onDeath: (died) => deaths.emit('death', died),
  });
  console.log(summary(stack.facts, screen.colour));
  const died = await Promise.race([death, signalled]);
  if (died instanceof PartDied) tellDeath(died);
  else console.log('\n  Stopping …');
  await stack.stop();
  if (!(died instanceof PartDied)) console.log('  Stopped. What is in .local stays for next time.');
} catch (error) {
  tell(error);
}
process.exit();

function tell(error: unknown): void {
  if (stopping.signal.aborted) {
    console.log('\n  Stopped before it was ready.');
    return;
  }
  process.exitCode = 1;
  if (error instanceof PartDied) tellDeath(error);
  else if (error instanceof RunsAlready) console.error(`  ${error.message}`);
  else console.error(`\n  ✖ ${error instanceof Error ? error.message : String(error)}`);
}

function tellDeath({ message, part, lastLines }: PartDied): void {
  process.exitCode = 1;
  console.error(`\n  ✖ ${message}, so everything is stopped. The last lines of ${part}:\n`);
  for (const line of lastLines) console.error(`    ${line}`);
}
