import { describe, expect, it } from '@jest/globals';
import type { World } from './world.ts';

export function mainJob(world: () => World): void {
  describe('the main job', () => {
    it('analyses an added material, and both stand in the sheet', async () => {
      const { add, ended, teacher, analysedRows } = world();
      const added = await add('Daur air');
      const job = await ended(added.job.id);
      expect(job).toMatchObject({ status: 'COMPLETED', attempt: 1, error: null });
      const analysis = await teacher.analysis(added.material.id);
      expect(analysis).toMatchObject({
        classification: { level: 'Fase D' },
        evidence: expect.anything(),
      });
      const rows = await analysedRows([added]);
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({
        id: added.material.id,
        aiStatus: 'COMPLETED',
        aiSummary: analysis?.summary.teacher,
      });
    });

    it('gives different materials different analyses', async () => {
      const { add, ended, teacher } = world();
      const both = [await add('Erosi pantai'), await add('Pasang surut air laut')];
      const summaries = [];
      for (const { job, material } of both) {
        await ended(job.id);
        summaries.push((await teacher.analysis(material.id))?.summary.teacher);
      }
      expect(summaries[0]).toContain('Erosi pantai');
      expect(summaries[1]).toContain('Pasang surut air laut');
    });
  });
}
