import { actorName } from '../auth/actor.ts';
import type { JobId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Stream } from '../http/route.ts';
import type { Portal } from '../portal.ts';
import { readJob } from './get.ts';
import { presentJob } from './present.ts';
import type { JobRow } from './repository.ts';

/** A browser opens a stream for each job that it shows. */
const MOST_STREAMS = 10;

/** The open streams of each actor at this instance. */
const open = new Map<string, number>();

/**
 * Streams a job as Server-Sent Events (html.spec.whatwg.org/multipage/server-sent-events.html): an event
 * `job` with the whole job now, and after each change. A client that connects again sends the id of its
 * last event, and gets the job only if it has changed since. The stream ends when the job has ended, the
 * session has ended, or the instance stops.
 *
 * @param lastEventId the request's Last-Event-ID
 * @returns null: the client has the job's last event already
 * @throws PortalError `not_signed_in`, `not_found`, `too_many_streams`
 */
export async function streamJob(
  portal: Portal,
  caller: Caller,
  id: JobId,
  lastEventId: string | undefined,
): Promise<Stream | null> {
  const { actor, job } = await readJob(portal, caller, id);
  if (hasEnded(job) && lastEventId === eventId(job)) return null;
  const name = actorName(actor);
  const count = open.get(name) ?? 0;
  if (count >= MOST_STREAMS) {
    throw new PortalError(
      'too_many_streams',
      `You have ${count} open streams. Close one of them, or use GET /api/jobs/${id}.`,
    );
  }
  return (closed) => events(portal, caller, id, { name, lastEventId, closed });
}

async function* events(
  portal: Portal,
  caller: Caller,
  id: JobId,
  {
    name,
    lastEventId,
    closed,
  }: { name: string; lastEventId: string | undefined; closed: AbortSignal },
): AsyncGenerator<string> {
  open.set(name, (open.get(name) ?? 0) + 1);
  let sent = lastEventId;
  let ring: () => void = () => undefined;
  let isChanged = true;
  const unwatch = portal.jobWatch.watch(id, () => {
    isChanged = true;
    ring();
  });
  closed.addEventListener('abort', () => ring());
  try {
    while (!closed.aborted) {
      isChanged = false;
      // Also without a notification: the session may have ended, or the connection that listens may be dead.
      const { job } = await readJob(portal, caller, id);
      if (sent !== eventId(job)) {
        sent = eventId(job);
        yield `id: ${sent}\nevent: job\ndata: ${JSON.stringify(presentJob(job))}\n\n`;
      } else yield ': still here\n\n';
      if (hasEnded(job) || portal.stopping()) return;
      await new Promise<void>((resolve) => {
        const heartbeat = setTimeout(resolve, portal.timing.heartbeat);
        ring = () => {
          clearTimeout(heartbeat);
          resolve();
        };
        if (isChanged || closed.aborted) ring();
      });
    }
  } finally {
    unwatch();
    const left = (open.get(name) ?? 1) - 1;
    if (left > 0) open.set(name, left);
    else open.delete(name);
  }
}

function hasEnded({ status }: JobRow): boolean {
  return status !== 'PROCESSING';
}

/** Names the state that an event shows. */
function eventId({ attempt, stage, progress, updatedAt }: JobRow): string {
  return `${attempt}.${stage}.${progress}.${updatedAt.getTime()}`;
}
