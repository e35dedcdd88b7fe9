import { pino, type Logger, type LevelWithSilent } from 'pino';
import { openOutput, type Output } from './output.ts';

export type { Logger } from 'pino';

/** What nobody may read in a log: secrets, and the addresses of people. */
const SECRETS = [
  ...['authorization', 'Authorization', 'cookie', 'webhook-signature'],
  ...['token', 'idToken', 'accessToken', 'refreshToken', 'codeVerifier', 'nonce'],
  ...['secret', 'clientSecret', 'password', 'apiKey', 'private_key', 'jwtKey', 'email'],
];

/** PostgreSQL quotes the row that it refuses, or the statement's parameters. */
const OF_ROWS = ['err.detail', 'err.where', 'err.cause.detail', 'err.cause.where'];

/** The paths of a name in a line: at its top, and down to two levels below. */
const anywhere = (name: string) => ['', '*.', '*.*.'].map((above) => path(above, name));

/** A name with a hyphen is written in brackets. */
function path(above: string, name: string): string {
  return /^\w+$/.test(name) ? above + name : `${above.replace(/\.$/, '')}["${name}"]`;
}

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
    redact: { paths: [...SECRETS.flatMap(anywhere), ...OF_ROWS], censor: '[hidden]' },
  };
  if (level === 'silent') return pino(options);
  return pino(options, output ?? (stdout ??= openOutput(STDOUT)));
}
