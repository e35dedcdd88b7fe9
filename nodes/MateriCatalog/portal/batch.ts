import { createHash } from 'node:crypto';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { backoff } from '../../../core/index.ts';
import type { Exchange } from '../../shared/http/exchange.ts';
import { readList, readText } from '../../shared/http/read.ts';
import { RETRY_PAUSE, retrying, type Patience } from '../../shared/http/retrying.ts';
import { portalWait, requestPortal } from '../../shared/portal/request.ts';
import { accepted, unexpected } from './ask.ts';

/** The most items that the portal takes in one request. */
const ITEMS_MOST = 500;

/** The portal takes 4 MB. A character has up to 4 bytes. */
const BYTES_MOST = 3_500_000;

/** What all items of a batch share. */
export interface BatchSettings {
  readonly matchBy?: readonly string[];
  readonly dryRun: boolean;
  readonly allOrNothing: boolean;
  readonly skipMissing: boolean;
}

/**
 * Sends items to the portal: 500 in one request, or as many as fit into it.
 *
 * Each request has an Idempotency-Key of this execution and node. So the portal writes once, also if the node
 * runs again in the same execution after a lost answer.
 *
 * @param keep gets the results of each request, and the index of their first item
 * @throws ItemFailure if the portal refuses a request; later items are not sent then
 */
export async function sendBatch(
  node: IExecuteFunctions,
  items: readonly IDataObject[],
  settings: BatchSettings,
  patience: Patience,
  keep: (from: number, results: readonly unknown[]) => void,
): Promise<void> {
  const waiting = partsOf(items);
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    const { from, to } = part;
    const request = {
      method: 'POST',
      path: '/api/materials/batch',
      headers: settings.dryRun ? {} : { 'Idempotency-Key': keyOf(node, from, to) },
      body: {
        ...settings,
        whole: true,
        execution: executionOf(node),
        items: items.slice(from, to),
      },
    } as const;
    const outcome = await retrying(patience, () => requestPortal(node, request), waitAfter);
    if (outcome.reached && outcome.status === 413 && to - from > 1) {
      // The materials that the items update are too long for one answer.
      const middle = Math.ceil((from + to) / 2);
      waiting.unshift({ from, to: middle }, { from: middle, to });
      continue;
    }
    const results = readList(accepted(outcome).body, 'results');
    if (results.length !== to - from) throw unexpected('a batch', [['results']]);
    keep(from, results);
  }
}

/** The portal may still work on a request whose answer the node did not wait for. */
function waitAfter(outcome: Exchange, tries: number): number | undefined {
  const isAtWork =
    outcome.reached && readText(outcome.body, 'type').endsWith('/problems/key-in-flight');
  return isAtWork ? backoff(RETRY_PAUSE, tries) : portalWait(outcome, tries);
}

interface Part {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

function partsOf(items: readonly IDataObject[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  let bytes = 0;
  items.forEach((item, at) => {
    const size = Buffer.byteLength(JSON.stringify(item)) + 1;
    if (at > from && (at - from === ITEMS_MOST || bytes + size > BYTES_MOST)) {
      parts.push({ from, to: at });
      from = at;
      bytes = 0;
    }
    bytes += size;
  });
  if (items.length > 0) parts.push({ from, to: items.length });
  return parts;
}

/**
 * The execution as the portal's history has it. Executions of two n8n instances may have the same number, so
 * the instance comes first.
 */
export function executionOf(node: IExecuteFunctions, id = node.getExecutionId()): string {
  return `${node.getInstanceId().slice(0, 16)}:${id}`;
}

/** Without the items: a value such as the current time differs when the node runs again. */
function keyOf(node: IExecuteFunctions, from: number, to: number): string {
  const { id: workflow } = node.getWorkflow();
  const run = String(node.evaluateExpression('{{ $runIndex }}', 0));
  const parts = [executionOf(node), workflow, node.getNode().id, run, from, to];
  return `n8n-${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
