import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import { materialIdSchema, readPatiently, type DirectHost } from '../../../core/index.ts';
import { uuidv7 } from '../../shared/google/uuid.ts';
import type { NodeTransport } from '../../shared/google/sheetTransport.ts';
import { numberOption } from '../../shared/items/parameters.ts';
import { accessInRun, titleOf } from './access.ts';
import { explained } from './explain.ts';
import { giveUpAfter } from './parameters.ts';

/** A sheet that is ready to be read and written. */
export interface OpenSheet {
  readonly transport: NodeTransport;
  /** The tab's title. */
  readonly tab: string;
  readonly host: DirectHost;
  /** Turns an error into the failure of an item. */
  explain(error: unknown): Promise<unknown>;
}

/** Attempts in a row that write nothing. It is enough for a dozen concurrent writers. */
const ATTEMPTS = 40;

/**
 * Works on the sheet that the parameters of the first item name.
 *
 * @throws ItemFailure with the reason and what to do
 */
export async function onSheet<T>(
  node: IExecuteFunctions,
  work: (sheet: OpenSheet) => Promise<T>,
): Promise<T> {
  const access = accessInRun(node);
  const host = hostOfNode(node);
  try {
    const { transport } = access;
    const tab = await titleOf(access, (ask) => readPatiently(host, ask));
    return await work({ transport, tab, host, explain: (error) => explained(access, error) });
  } catch (error) {
    return await Promise.reject(await explained(access, error));
  }
}

/** Gives direct mode n8n's clock and its cancel signal. A cancelled execution repeats nothing. */
function hostOfNode(node: IExecuteFunctions): DirectHost {
  const signal = node.getExecutionCancelSignal();
  const seconds = numberOption(node, giveUpAfter, 0, 'invalid_setting');
  const deadline = Date.now() + seconds * 1_000;
  return {
    newId: () => materialIdSchema.parse(uuidv7()),
    now: () => Date.now(),
    random: () => Math.random(),
    sleep: async (milliseconds) => {
      const end = Date.now() + milliseconds;
      while (Date.now() < end && signal?.aborted !== true) {
        await sleep(Math.min(end - Date.now(), 1_000));
      }
    },
    get deadline() {
      return signal?.aborted === true ? 0 : deadline;
    },
    attempts: ATTEMPTS,
  };
}
