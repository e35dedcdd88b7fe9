import { SheetError } from '../../core/index.ts';
import type { Logger } from '../log.ts';

/** Drive's version may be minutes late, so the sheet is read at least so often. */
const LONGEST_UNREAD_MS = 60_000;

/**
 * Decides whether an idle leader reads the sheet. A sheet of 20,000 rows is megabytes, and Drive's
 * version of it a few bytes.
 */
export class ReadGate {
  readonly #version: () => Promise<string>;
  readonly #log: Logger;
  #seen: string | null = null;
  #readAt = -Infinity;
  #isRefused = false;

  constructor(version: () => Promise<string>, log: Logger) {
    this.#version = version;
    this.#log = log;
  }

  /** False: Drive refuses to give the version, so that every cycle reads. */
  get isOfUse(): boolean {
    return !this.#isRefused;
  }

  /** Whether the sheet may have changed since the last read, or was not read for long. */
  async isDue(now: number): Promise<boolean> {
    const version = await this.#ask();
    const isSame = version !== null && version === this.#seen;
    this.#seen = version;
    return !isSame || now - this.#readAt >= LONGEST_UNREAD_MS;
  }

  /** The sheet was read. */
  noteRead(now: number): void {
    this.#readAt = now;
  }

  /** @returns null: nobody knows */
  async #ask(): Promise<string | null> {
    if (this.#isRefused) return null;
    try {
      return await this.#version();
    } catch (error) {
      if (error instanceof SheetError && error.kind === 'no_access') {
        this.#isRefused = true;
        this.#log.info(
          { reason: error.message },
          'Drive does not tell the version of the spreadsheet, so that every cycle reads the sheet. ' +
            'Enable the Google Drive API in the service account’s project to save bytes',
        );
      }
      return null;
    }
  }
}
