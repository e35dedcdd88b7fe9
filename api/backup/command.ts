import { ConfigError } from '../config.ts';
import { StoreTooSlow } from './deadlines.ts';
import { BackupError } from './read.ts';

/** Runs a command to its end; what a person can put right is said without a stack. Exit code 1 then. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const expected = [ConfigError, BackupError, StoreTooSlow];
    const isExpected = error instanceof Error && expected.some((kind) => error instanceof kind);
    console.error(isExpected ? error.message : error);
    process.exitCode = 1;
  }
}
