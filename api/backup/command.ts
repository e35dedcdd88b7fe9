import { ConfigError } from '../config.ts';
import { BackupError } from './read.ts';

/** Runs a command to its end; what a person can put right is said without a stack. Exit code 1 then. */
export async function runCommand(command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const isExpected = error instanceof ConfigError || error instanceof BackupError;
    console.error(isExpected ? error.message : error);
    process.exitCode = 1;
  }
}
