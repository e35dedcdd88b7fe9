import { execFile } from 'node:child_process';

/** How a command is run; `signal` ends it. */
export interface RunOptions {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly uid?: number;
  readonly gid?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs a command to its end.
 * @throws Error with what the command wrote, when it fails
 */
export function run(
  command: string,
  args: readonly string[],
  { signal, ...options }: RunOptions,
): Promise<{ stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, ...(signal && { signal }) }, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else {
        const words = `${stderr}${stdout}`.trim() || error.message;
        reject(new Error(`${command} ${args[0]} failed: ${words}`, { cause: error }));
      }
    });
  });
}
