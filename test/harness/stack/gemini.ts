import { describe, expect, it } from '@jest/globals';
import type { World } from './world.ts';

export function gemini(world: () => World): void {
  describe('Gemini failing for good', () => {
    it('fails the job with a reason a teacher understands, and a retry completes it', async () => {
      const { add, google, ended, teacher, until, analysedRows } = world();
      await google.arm({ service: 'gemini', kind: 'blocked', times: -1 });
      const added = await add('Materi yang ditolak');
      const failed = await ended(added.job.id);
      expect(failed).toMatchObject({
        status: 'FAILED',
        error: { message: { id: expect.stringContaining('Gemini menolak') } },
      });
      expect(failed.error?.message.en).toContain('Gemini refused');
      expect(await teacher.analysis(added.material.id)).toBeNull();

      await google.disarm();
      const again = await teacher.retry(added.job.id);
      expect(again).toMatchObject({ status: 'PROCESSING', attempt: failed.attempt + 1 });
      const job = await until(added.job.id, 'completed', ({ status }) => status === 'COMPLETED');
      expect(job).toMatchObject({ attempt: failed.attempt + 1, error: null });
      expect(await analysedRows([added])).toHaveLength(1);
    });

    it('fails a job whose key Gemini does not take, naming the key', async () => {
      const { add, google, ended } = world();
      await google.arm({ service: 'gemini', kind: 'status', status: 403, times: -1 });
      const { job } = await add('Kunci yang salah');
      const failed = await ended(job.id);
      await google.disarm();
      expect(failed.status).toBe('FAILED');
      expect(failed.error?.message.id).toContain('Kunci API Gemini');
    });
  });
}
