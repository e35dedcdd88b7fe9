import { errorCode } from '../../google-standin/store/errorCode.ts';

/** An error of the file system with what a person can do about it; any other error as it is. */
export function withAdvice(error: unknown, folder: string): unknown {
  if (!(error instanceof Error)) return error;
  const { message } = error;
  const advice = fullDiskAdvice(message) ?? adviceFor(errorCode(error), folder);
  return advice === undefined ? error : new Error(`${message}\n${advice}`, { cause: error });
}

/** Advice for a person, if the text reports a full disk. */
export function fullDiskAdvice(text: string): string | undefined {
  return FULL_DISK_WORDS.test(text) ? FULL_DISK : undefined;
}

/** The message of Node.js, and the two of PostgreSQL. */
const FULL_DISK_WORDS = /ENOSPC|No space left on device|wrote only \d+ of \d+ bytes/;
const FULL_DISK = 'The disk is full. Make room, then start again.';

function adviceFor(code: string | undefined, folder: string): string | undefined {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return FULL_DISK;
    case 'EROFS':
      return `The disk can only be read. ${folder} must be on a disk that can be written.`;
    case 'EACCES':
    case 'EPERM':
      return (
        `${folder}, or something in it, belongs to another user; a start with sudo is the usual ` +
        `cause. Give it to the user who starts: sudo chown -R "$(id -un)" "${folder}"`
      );
    default:
      return undefined;
  }
}
