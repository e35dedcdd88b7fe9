import { createHash } from 'node:crypto';
import type { ITriggerFunctions } from 'n8n-workflow';
import { LONGEST_AGE_MS, type TriggerStarted } from '../../core/index.ts';
import { retrying } from '../shared/http/retrying.ts';
import { isOn } from '../shared/items/parameters.ts';
import { problemText } from '../shared/portal/problem.ts';
import { portalWait } from '../shared/portal/request.ts';
import { postSigned } from '../shared/portal/signed.ts';
import { releaseJobs } from './parameters.ts';

/** About when n8n's process started: it loads its nodes before it accepts requests. */
const LOADED_AT = Date.now();

/** n8n waits for its triggers for two minutes (N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS). */
const PATIENCE_MS = 60_000;

/**
 * Tells the portal that n8n has restarted. The portal then retries at once the jobs of executions
 * that ended with the old process. Otherwise it retries them when their leases end. If the portal
 * cannot be reached, the trigger works all the same.
 */
export async function reportStart(node: ITriggerFunctions): Promise<void> {
  if (node.getActivationMode() !== 'init') return;
  if (!isOn(node, releaseJobs)) return;
  const workflow = String(node.getWorkflow().id);
  try {
    const patience = { deadline: Date.now() + PATIENCE_MS, signal: undefined };
    const outcome = await retrying(
      patience,
      async () => await postSigned(node, webhookId(workflow), body(node, workflow)),
      portalWait,
    );
    if (outcome.reached && outcome.status < 300) return;
    const reason = outcome.reached ? problemText(outcome.status, outcome.body) : outcome.reason;
    node.logger.warn(`The portal does not know that n8n has restarted. ${reason}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    node.logger.warn(`The portal does not know that n8n has restarted. ${reason}`);
  }
}

/** All tries after one start have this id, so that the portal acts only once. */
function webhookId(workflow: string): string {
  const start = JSON.stringify(['trigger.started', workflow, LOADED_AT]);
  return `msg_${createHash('sha256').update(start).digest('hex').slice(0, 32)}`;
}

function body(node: ITriggerFunctions, workflowId: string): string {
  const now = Date.now();
  const age = Math.min(Math.max(0, now - LOADED_AT), LONGEST_AGE_MS);
  const event: TriggerStarted = {
    type: 'trigger.started',
    timestamp: new Date(now).toISOString(),
    data: { instanceId: node.getInstanceId(), workflowId, runningForMs: age },
  };
  return JSON.stringify(event);
}
