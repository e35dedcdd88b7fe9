import { pino, type Logger, type LevelWithSilent } from 'pino';
import { openOutput, type Output } from './output.ts';

export type { Logger } from 'pino';

const STDOUT = 1;
let stdout: Output | undefined;

/**
 * The one logger. What is logged is chosen field by field (no headers, no bodies); the redaction is
 * a second net under that.
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
