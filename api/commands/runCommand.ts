import { ConfigError } from '../config/variables.ts';
import { NewerDatabaseError } from '../db/migrate.ts';
import { databaseFault, isDatabaseUnavailable } from '../db/unavailable.ts';
import { StoreTooSlow } from '../backup/deadlines.ts';
import { BackupError } from '../backup/read.ts';

/** Runs a command to its end; what a person can put right is said without a stack. Exit code 1 then. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    console.error(forPeople(error) ?? error);
    process.exitCode = 1;
  }
}

const EXPECTED = [ConfigError, NewerDatabaseError, BackupError, StoreTooSlow];

function forPeople(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (EXPECTED.some((kind) => error instanceof kind)) return error.message;
  if (isDatabaseUnavailable(error)) return `${databaseFault(error)} Nothing was written.`;
  if ('code' in error && error.code === 'ENOSPC') {
    return `The disk is full (${error.message}). Make room, then run the command again.`;
  }
  return undefined;
}
