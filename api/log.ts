import { pino, type Logger, type LevelWithSilent } from 'pino';
import { openOutput, type Output } from './output.ts';

export type { Logger } from 'pino';

const STDOUT = 1;
let stdout: Output | undefined;

/**
 * The one logger. Code logs chosen fields only, no headers and no bodies. The redaction removes secrets
 * that are logged by mistake.
 *
 * @param output where a thread's lines go; without it they go to this process's output
 */
export function createLogger(level: LevelWithSilent, output?: Output): Logger {
  const options = {
    level,
    base: null,
    redact: {
      paths: ['authorization', 'idToken', 'refreshToken', 'accessToken', 'token'].flatMap(
        (name) => [name, `*.${name}`, `*.*.${name}`],
      ),
      censor: '[hidden]',
    },
  };
  if (level === 'silent') return pino(options);
  return pino(options, output ?? (stdout ??= openOutput(STDOUT)));
}
