import { v7 as uuidv7 } from 'uuid';
import { jobIdSchema, materialIdSchema, type PortalEvent } from '../../core/index.ts';
import type { SubscriptionId } from '../db/ids.ts';
import type { Portal } from '../portal.ts';
import { findSubscription, type SubscriptionRow } from '../subscriptions/repository.ts';
import { currentTraceparent } from '../trace.ts';
import { post } from './post.ts';

/** The options of a sample job. A designer sees in them what real jobs have. */
const OPTIONS = { analyze: {}, generate: { content: 'lesson_plan' } };

/** The test URL may be there a moment after its registration has been answered. */
const TRIES = 3;

/**
 * Posts the sample that "listen for test event" waits for. No job and no material of its ids exist:
 * the API answers 404 to the callbacks of a workflow under test, and changes nothing.
 */
export async function sendSample(
  portal: Portal,
  id: SubscriptionId,
  stop: AbortSignal,
  pause: (ms: number) => Promise<void>,
): Promise<void> {
  const subscription = await findSubscription(portal.db, id);
  if (subscription === undefined) return;
  const event = sampleEvent(subscription);
  const sending = { webhookId: `sample_${uuidv7()}`, traceparent: currentTraceparent() };
  for (let tries = 1; tries <= TRIES && !stop.aborted; tries += 1) {
    if ((await post(portal, subscription, sending, event, stop)) === 'delivered') return;
    await pause(portal.timing.backoff.first * tries);
  }
}

function sampleEvent({ eventTypes, kinds }: SubscriptionRow): Omit<PortalEvent, 'timestamp'> {
  const type = eventTypes.includes('job.requested')
    ? 'job.requested'
    : (eventTypes[0] ?? 'job.requested');
  const kind = kinds[0] ?? 'analyze';
  const now = new Date().toISOString();
  return {
    type,
    test: true,
    data: {
      job:
        type === 'job.requested'
          ? { id: jobIdSchema.parse(uuidv7()), kind, attempt: 1, options: OPTIONS[kind] }
          : null,
      material: {
        id: materialIdSchema.parse(uuidv7()),
        subject: 'IPA',
        title: 'Fotosintesis pada tumbuhan hijau',
        description:
          'Tumbuhan hijau membuat makanannya sendiri dari air dan karbon dioksida dengan bantuan cahaya matahari. Murid mengamati daun dan mencatat apa yang diperlukan.',
        type: 'Modul',
        level: 'Fase B',
        theme: 'Makhluk hidup',
        subtheme: 'Tumbuhan',
        url: '',
        metadata: {},
        aiSummary: '',
        aiStatus: '',
        aiSource: '',
        createdAt: now,
        updatedAt: now,
        archivedAt: null,
      },
    },
  };
}
