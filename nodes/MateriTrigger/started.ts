import { createHash } from 'node:crypto';
import type { ITriggerFunctions } from 'n8n-workflow';
import type { TriggerStarted } from '../../core/index.ts';
import { retrying } from '../http/retrying.ts';
import { problemText } from '../portal/problem.ts';
import { portalWait } from '../portal/request.ts';
import { postSigned } from '../portal/signed.ts';

/** About when n8n's process started: it loads its nodes before it accepts requests. */
const LOADED_AT = Date.now();

/** n8n waits for its triggers for two minutes (N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS). */
const PATIENCE_MS = 60_000;

const LONGEST_AGE_MS = 60 * 60 * 1_000;

/**
 * Tells the portal that n8n has been started again, so that it gives the jobs of executions that
 * ended with the old process to others at once. Without this the portal waits for the end of their
 * leases. If the portal cannot be told, that is what happens: the trigger works all the same.
 */
export async function reportStart(this: ITriggerFunctions): Promise<void> {
  if (this.getActivationMode() !== 'init') return;
  if (this.getNodeParameter('options.releaseJobs', true) !== true) return;
  const workflow = String(this.getWorkflow().id);
  try {
    const patience = { deadline: Date.now() + PATIENCE_MS, signal: undefined };
    const outcome = await retrying(
      patience,
      async () => await postSigned.call(this, webhookId(workflow), body.call(this, workflow)),
      portalWait,
    );
    if (outcome.reached && outcome.status < 300) return;
    const reason = outcome.reached ? problemText(outcome.status, outcome.body) : outcome.reason;
    this.logger.warn(`The portal was not told that n8n has started again. ${reason}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.warn(`The portal was not told that n8n has started again. ${reason}`);
  }
}

/** The same for every try after one start, so that the portal does it once. */
function webhookId(workflow: string): string {
  const start = JSON.stringify(['trigger.started', workflow, LOADED_AT]);
  return `msg_${createHash('sha256').update(start).digest('hex').slice(0, 32)}`;
}

function body(this: ITriggerFunctions, workflowId: string): string {
  const now = Date.now();
  const age = Math.min(Math.max(0, now - LOADED_AT), LONGEST_AGE_MS);
  const event: TriggerStarted = {
    type: 'trigger.started',
    timestamp: new Date(now).toISOString(),
    data: { instanceId: this.getInstanceId(), workflowId, runningForMs: age },
  };
  return JSON.stringify(event);
}
