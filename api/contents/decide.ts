import { writeAudit } from '../audit/repository.ts';
import { actorName } from '../auth/actor.ts';
import { authorize, requirePerson } from '../auth/authorize.ts';
import type { ContentId } from '../db/ids.ts';
import { PortalError } from '../errors.ts';
import type { Caller } from '../http/caller.ts';
import type { Portal } from '../portal.ts';
import { unknownContent } from './get.ts';
import { presentContent } from './present.ts';
import { lockContent, updateDecision } from './repository.ts';
import { mayDecide, mayRead } from './rights.ts';
import type { Content } from './schemas.ts';

/**
 * Approves or rejects a draft. The same decision again changes nothing.
 *
 * @throws PortalError `not_signed_in`, `forbidden`, `not_found`, `content_decided`
 */
export async function decideContent(
  { db }: Portal,
  caller: Caller,
  id: ContentId,
  decision: 'approved' | 'rejected',
): Promise<Content> {
  return db.transaction().execute(async (trx) => {
    const actor = requirePerson(await authorize(trx, caller));
    const content = await lockContent(trx, id);
    if (content === undefined || !mayRead(actor, content)) throw unknownContent(id);
    if (!mayDecide(actor, content)) {
      throw new PortalError(
        'forbidden',
        content.authorId === null
          ? 'Only an admin may decide this content.'
          : 'Only the author of the material and admins may decide this content.',
      );
    }
    if (content.status === decision) return presentContent(content);
    if (content.status !== 'draft') {
      throw new PortalError('content_decided', `Content ${id} is ${content.status} already.`);
    }
    const decided = await updateDecision(trx, id, decision, actor.userId);
    await writeAudit(trx, actorName(actor), `content.${decision}`, `content:${id}`, {
      material: content.materialId,
      kind: content.kind,
    });
    return presentContent(decided);
  });
}
