import type { Transaction } from 'kysely';
import { n8nEventSchema, verify, type JobEvent, type N8nEvent } from '../../core/index.ts';
import type { Database } from '../db/schema.ts';
import { PortalError } from '../errors.ts';
import { parseJson } from '../http/json.ts';
import { claim } from '../jobs/claim.ts';
import { complete } from '../jobs/complete.ts';
import type { Changed, JobRules } from '../jobs/event.ts';
import { fail } from '../jobs/fail.ts';
import { presentAnswer } from '../jobs/present.ts';
import { reportProgress } from '../jobs/progress.ts';
import { release } from '../jobs/release.ts';
import { hasten } from '../jobs/queue.ts';
import type { Portal } from '../portal.ts';
import { closeCircuits } from '../subscriptions/repository.ts';
import { currentSpan, parseTraceparent } from '../trace.ts';
import { validate } from '../validate.ts';
import { findDelivery, keepDelivery, lockDelivery, type KeptAnswer } from './repository.ts';
import { asPortalError, type Headers } from './signed.ts';

/** The effect of an event: the answer, and whether to wake dispatch and sync after the commit. */
type Effect = Pick<Changed, 'due' | 'pending'> & { readonly answer: KeptAnswer };

/**
 * Takes a callback of n8n. A callback with the same webhook-id gets the first answer again, also a refusal.
 * The transaction of the effect keeps the answer.
 *
 * @param body as it came, for the signature is over its bytes
 * @throws PortalError `not_signed`, `malformed`, `invalid`, and what the event's verb throws
 */
export async function receive(
  portal: Portal,
  headers: Headers,
  body: Buffer,
): Promise<{ answer: KeptAnswer; replayed: boolean }> {
  const signed = { headers, body: body.toString('utf8'), now: Date.now() / 1_000 };
  const webhookId = asPortalError(() => verify(portal.config.n8n.secretsFrom, signed));
  const event = validate(n8nEventSchema, parseJson(body));
  currentSpan()?.set({ 'portal.event.type': event.type });
  let effect: Effect | undefined;

  const received = await portal.db.transaction().execute(async (trx) => {
    await lockDelivery(trx, webhookId);
    const before = await findDelivery(trx, webhookId);
    if (before !== undefined) return { answer: before, replayed: true };

    let answer: KeptAnswer;
    try {
      effect = await apply(trx, portal, event);
      answer = effect.answer;
    } catch (error) {
      // A verb refuses before it changes anything, so the transaction may go on.
      if (!(error instanceof PortalError)) throw error;
      const { code, message, fields } = error;
      answer = { error: { code, message, fields: [...fields] } };
    }
    await keepDelivery(trx, webhookId, answer);
    return { answer, replayed: false };
  });
  if (effect?.due === true) portal.wakeDispatch();
  if (effect?.pending === true) portal.wakeSync();
  return received;
}

async function apply(
  trx: Transaction<Database>,
  rules: JobRules,
  event: N8nEvent,
): Promise<Effect> {
  if (event.type === 'trigger.started') {
    const { instanceId, workflowId: id } = event.data;
    const kinds = await closeCircuits(trx, { instanceId, id });
    await hasten(trx, kinds);
    const released = await release(trx, rules.timing, event.data);
    return { answer: { released }, due: released > 0 || kinds.length > 0 };
  }
  const { job, ...wakes } = await applyToJob(trx, rules, event);
  // n8n begins a trace of its own: this one shows the request that opened the job.
  const cause = parseTraceparent(job.traceparent);
  if (cause !== null) currentSpan()?.link(cause);
  return { ...wakes, answer: { job: { ...presentAnswer(job) } } };
}

async function applyToJob(
  trx: Transaction<Database>,
  rules: JobRules,
  { type, data }: JobEvent,
): Promise<Changed> {
  switch (type) {
    case 'job.started':
      return claim(trx, rules.timing, data);
    case 'job.progress':
      return reportProgress(trx, rules.timing, data);
    case 'job.completed':
      return complete(trx, rules, data);
    case 'job.failed':
      return fail(trx, rules, data);
  }
}
