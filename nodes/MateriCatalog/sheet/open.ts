import {
  NodeOperationError,
  sleep,
  type IAllExecuteFunctions,
  type IExecuteFunctions,
} from 'n8n-workflow';
import {
  materialId,
  openSheet,
  type CatalogSheet,
  type DirectHost,
  type PrepareTransport,
} from '../../../core/index.ts';
import { googleCredential } from '../../google/request.ts';
import { sheetTransport } from '../../google/sheetTransport.ts';
import { uuidv7 } from '../../google/uuid.ts';
import { numberOption } from '../../items/parameters.ts';

const GIVE_UP_SECONDS = 120;

/** Tries in a row of which nothing comes: enough for some dozen writers that take turns. */
const ATTEMPTS = 40;

/** The sheet that the node's parameters name; those of the first item hold for all. */
export function sheetOfNode(this: IExecuteFunctions): CatalogSheet {
  const { transport, tab } = transportOfNode.call(this);
  return openSheet(transport, tab);
}

/** Its transport alone, for what is done before it is a catalog. */
export function transportOfNode(this: IExecuteFunctions): SheetAccess {
  const credential = googleCredential(this.getNodeParameter('authentication', 0));
  const spreadsheet = this.getNodeParameter('spreadsheet', 0, '', { extractValue: true });
  const tab = this.getNodeParameter('tab', 0, '');
  return accessTo(this, credential, spreadsheet, tab);
}

interface SheetAccess {
  readonly transport: PrepareTransport;
  readonly tab: string;
}

export function catalogSheet(
  node: IAllExecuteFunctions,
  credential: ReturnType<typeof googleCredential>,
  spreadsheet: unknown,
  tab: unknown,
): CatalogSheet {
  const access = accessTo(node, credential, spreadsheet, tab);
  return openSheet(access.transport, access.tab);
}

function accessTo(
  node: IAllExecuteFunctions,
  credential: ReturnType<typeof googleCredential>,
  spreadsheet: unknown,
  tab: unknown,
): SheetAccess {
  if (typeof spreadsheet !== 'string' || spreadsheet === '') {
    throw new NodeOperationError(node.getNode(), 'No spreadsheet is chosen.', {
      description: 'Set Spreadsheet to its URL or its ID.',
    });
  }
  if (typeof tab !== 'string' || tab === '') {
    throw new NodeOperationError(node.getNode(), 'No tab is chosen.', {
      description: 'Set Tab to the name of the tab that holds the catalog.',
    });
  }
  return { transport: sheetTransport(node, credential, spreadsheet), tab };
}

/** What direct mode needs of n8n. A cancelled execution tries nothing again. */
export function hostOfNode(this: IExecuteFunctions): DirectHost {
  const signal = this.getExecutionCancelSignal();
  const seconds = numberOption.call(this, 'giveUpAfter', 0, GIVE_UP_SECONDS);
  const deadline = Date.now() + seconds * 1_000;
  return {
    newId: () => materialId.parse(uuidv7()),
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
