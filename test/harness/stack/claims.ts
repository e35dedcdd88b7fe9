import { describe, expect, it } from '@jest/globals';
import type { World } from './world.ts';

export function claims(world: () => World): void {
  describe('claims', () => {
    it('lets one of two executions that were started at once have the job', async () => {
      const { events, add, executions, ended, google, analysedRows } = world();
      const before = await google.analyses();
      const { added, job, ids, ends } = await events.closedWhile(async (url) => {
        const added = await add('Dua eksekusi sekaligus');
        const ids = await Promise.all([events.post(url, added), events.post(url, added)]);
        const job = await ended(added.job.id);
        const ends = await Promise.all(ids.map((id) => executions.ended(id)));
        return { added, job, ids, ends };
      });
      expect(new Set(ids).size).toBe(2);
      expect(job).toMatchObject({ status: 'COMPLETED', attempt: 1 });
      expect(ids).toContain(job.executionId);
      const other = ids.findIndex((id) => id !== job.executionId);
      expect(ends[other]).toEqual({ status: 'success', lastNode: 'Start the job' });
      expect(ends[1 - other]).toEqual({ status: 'success', lastNode: 'Complete the job' });
      expect((await google.analyses()) - before).toBe(1);
      expect(await analysedRows([added])).toHaveLength(1);
    });

    it('takes no notice of an event that comes again after the job has ended', async () => {
      const { events, add, executions, ended, google, teacher } = world();
      const added = await add('Peristiwa yang datang lagi');
      const job = await ended(added.job.id);
      const before = await google.analyses();
      const { url } = await events.registered();
      const end = await executions.ended(await events.post(url, added));
      expect(end).toEqual({ status: 'success', lastNode: 'Start the job' });
      expect(await teacher.job(added.job.id)).toEqual(job);
      expect(await google.analyses()).toBe(before);
    });

    it('gives the job to another execution when its lease is over, and keeps what that reports', async () => {
      const { add, google, until, ended, executions, teacher, endLease } = world();
      await google.arm({ service: 'gemini', kind: 'hold', when: 'before' });
      const added = await add('Eksekusi yang tertahan');
      const first = await until(added.job.id, 'claimed', ({ executionId }) => executionId !== null);
      await endLease(added.job.id);
      const job = await ended(added.job.id);
      expect(job).toMatchObject({ status: 'COMPLETED', attempt: 2 });
      expect(job.executionId).not.toBe(first.executionId);
      await google.disarm();
      await executions.ended(String(first.executionId));
      expect(await teacher.job(added.job.id)).toEqual(job);
    });
  });
}
