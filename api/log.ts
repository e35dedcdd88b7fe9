import { pino, type Logger, type LevelWithSilent } from 'pino';
import { openOutput, type Output } from './output.ts';

export type { Logger } from 'pino';

const STDOUT = 1;
let stdout: Output | undefined;

/**
 * The one logger. What is logged is chosen field by field (no headers, no bodies); the redaction is
 * a second net under that.
 */
export function createLogger(level: LevelWithSilent): Logger {
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
  return pino(options, (stdout ??= openOutput(STDOUT)));
}
