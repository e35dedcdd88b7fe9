import { parseArgs } from 'node:util';

const MOST_MINUTES = 24 * 60;

export interface Arguments {
  /** A commit of the version before; null: the commit before the newest migration. */
  readonly before: string | null;
  /** How long both versions run side by side. */
  readonly minutes: number;
}

/** @throws Error that says which option is wrong */
export function readArguments(args: readonly string[]): Arguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      before: { type: 'string' },
      minutes: { type: 'string', default: '10' },
    },
  });
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= MOST_MINUTES)) {
    throw new Error(
      `--minutes=${values.minutes} is not a number of minutes up to ${MOST_MINUTES}.`,
    );
  }
  // git would read it as an option.
  if (values.before?.startsWith('-')) throw new Error(`--before=${values.before} is not a commit.`);
  return { before: values.before ?? null, minutes };
}
