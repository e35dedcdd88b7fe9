import { pino, type Logger, type LevelWithSilent } from 'pino';

export type { Logger } from 'pino';

/**
 * The one logger. What is logged is chosen field by field (no headers, no bodies); the redaction is
 * a second net under that.
 */
export function createLogger(level: LevelWithSilent): Logger {
  return pino({
    level,
    base: null,
    redact: {
      paths: ['authorization', 'idToken', 'refreshToken', 'accessToken', 'token'].flatMap(
        (name) => [name, `*.${name}`, `*.*.${name}`],
      ),
      censor: '[hidden]',
    },
  });
}
