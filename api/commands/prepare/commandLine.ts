import type { Wording } from '../../../core/index.ts';

/** Answers as options of `npm run sheet:prepare`. A shell takes them literally, also odd headers. */
export const COMMAND_LINE: Wording = {
  rename: (header, name) => `--map ${quoted(`${header}=${name}`)}`,
  add: (name) => `--add ${name}`,
};

function quoted(text: string): string {
  const isPlain = /^[\p{L}\p{N} _.,:;=()/…-]*$/u.test(text);
  return isPlain ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`;
}
