import { PartDied } from '../process/part.ts';
import { RunsAlready } from './lock.ts';
import { startStack } from './index.ts';
import type { StackOptions } from './options.ts';
import { Progress } from './progress.ts';
import { onStopSignal } from './stopSignal.ts';
import { summary } from './summary.ts';

/** An error that nothing caught, which ends the stack. */
class Unexpected extends Error {
  constructor(error: unknown) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    super(`An unexpected error, so everything is stopped. Please report it:\n\n${stack}`);
  }
}

/**
 * Runs a stack until Ctrl-C, SIGTERM, the death of a part or an error of this process itself; then
 * ends the process. Whatever happens, the parts are stopped first.
 */
export async function supervise(
  options: Omit<StackOptions, 'progress' | 'signal' | 'onDeath'>,
): Promise<never> {
  const screen = {
    write: (line: string) => console.log(line),
    colour: process.stdout.isTTY && process.stdout.hasColors(),
  };
  // A terminal that is gone, or a full disk that the lines are sent to, ends nothing.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const ending = new AbortController();
  const asked = new Error('The stack was asked to stop.');
  void onStopSignal(() => ending.abort(asked));
  for (const fault of ['uncaughtException', 'unhandledRejection']) {
    process.on(fault, (error) => {
      if (ending.signal.aborted) tell(new Unexpected(error));
      ending.abort(new Unexpected(error));
    });
  }
  console.log('\n  Digital Materi\n');
  try {
    const stack = await startStack({
      ...options,
      progress: new Progress(screen),
      signal: ending.signal,
      onDeath: (death) => ending.abort(death),
    });
    console.log(summary(stack.facts, screen.colour));
    const reason = await reasonOf(ending.signal);
    if (reason === asked) console.log('\n  Stopping …');
    else tell(reason);
    await stack.stop();
    if (reason === asked) console.log('  Stopped. What is in .local stays for next time.');
  } catch (error) {
    if (error === asked) console.log('\n  Stopped before it was ready.');
    else tell(error);
  }
  process.exit();
}

function reasonOf(signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(signal.reason);
    else signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });
}

function tell(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof PartDied) tellDeath(error);
  else if (error instanceof RunsAlready) console.error(`  ${error.message}`);
  else console.error(`\n  ✖ ${error instanceof Error ? error.message : String(error)}`);
}

function tellDeath({ message, part, lastLines, advice }: PartDied): void {
  console.error(`\n  ✖ ${message}, so everything is stopped. The last lines of ${part}:\n`);
  for (const line of lastLines) console.error(`    ${line}`);
  if (advice !== undefined) console.error(`\n  ${advice}`);
}
