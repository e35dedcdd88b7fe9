import { rmSync } from 'node:fs';
import * as z from 'zod/v4-mini';
import { isRunning, type ProcessIdentity } from './identity.ts';
import { readJson, writeJson } from '../../google-standin/store/jsonFile.ts';
import { killGroup } from './killGroup.ts';
import { waitUntil } from './waitUntil.ts';

const recordedSchema = z.array(
  z.object({
    name: z.string(),
    pid: z.number(),
    startedAt: z.string(),
    stopSignal: z.enum(['SIGTERM', 'SIGINT']),
  }),
);

/** A process the stack started, as it is kept on disk. */
export type RecordedProcess = z.infer<typeof recordedSchema>[number];

/** The processes of a running stack, on disk, so that the next start finds what a killed one left. */
export class ProcessRecord {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  add(entry: RecordedProcess): void {
    writeJson(this.#file, [...this.#read(), entry]);
  }

  /** An entry that cannot be removed does no harm: its start time says that its process is gone. */
  remove(identity: ProcessIdentity): void {
    try {
      writeJson(
        this.#file,
        this.#read().filter((entry) => entry.pid !== identity.pid),
      );
    } catch {
      // The disk is full, or the folder was deleted.
    }
  }

  /**
   * Ends what an earlier, killed run left running. A process is taken for ours only if pid and
   * start time are the ones recorded; its whole group ends with it.
   * @returns the names of the parts that were ended
   */
  async reap(): Promise<string[]> {
    const left = this.#read().filter((entry) => isRunning(entry));
    await Promise.all(left.map(end));
    rmSync(this.#file, { force: true });
    return left.map((entry) => entry.name);
  }

  #read(): RecordedProcess[] {
    return readJson(this.#file, recordedSchema) ?? [];
  }
}

async function end(entry: RecordedProcess): Promise<void> {
  killGroup(entry.pid, entry.stopSignal);
  const gone = () => !isRunning(entry);
  try {
    await waitUntil(gone, { what: `${entry.name} to stop`, within: 5_000 });
  } catch {
    killGroup(entry.pid, 'SIGKILL');
    await waitUntil(gone, { what: `${entry.name} (pid ${entry.pid}) to be gone`, within: 5_000 });
  }
}
