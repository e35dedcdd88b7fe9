import { describe, expect, it } from '@jest/globals';
import { readSheet } from '../../../local/demo/sheet.ts';
import { waitUntil } from '../../../local/process/waitUntil.ts';
import type { Added, World } from './world.ts';

export function crashes(world: () => World): void {
  /** Every material has one row, with its analysis, and its job is completed. */
  async function expectDoneOnce(added: readonly Added[]): Promise<void> {
    const { ended, analysedRows } = world();
    for (const { job } of added) {
      expect(await ended(job.id)).toMatchObject({ status: 'COMPLETED' });
    }
    const rows = await analysedRows(added);
    expect(rows.map(({ title }) => title).sort()).toEqual(
      added.map(({ material }) => material.title).sort(),
    );
  }

  async function untilHeld(): Promise<void> {
    await waitUntil(async () => (await world().google.held()) > 0, {
      what: 'a request to be held',
      within: 60_000,
    });
  }

  describe('after a crash', () => {
    it('of n8n, what was added meanwhile is analysed when it is back', async () => {
      const { stack, add } = world();
      await stack.parts.n8n.kill();
      const added = [await add('Tanpa n8n 1'), await add('Tanpa n8n 2'), await add('Tanpa n8n 3')];
      await stack.parts.n8n.start();
      await expectDoneOnce(added);
    });

    it('of n8n while it works, another execution does the job as soon as n8n is back', async () => {
      const { stack, add, google, until, ended } = world();
      await google.arm({ service: 'gemini', kind: 'hold', when: 'before' });
      const added = await add('n8n mati saat bekerja');
      await until(added.job.id, 'claimed', ({ executionId }) => executionId !== null);
      await untilHeld();
      await stack.parts.n8n.kill();
      await google.disarm();
      await stack.parts.n8n.start();
      // The lease lasts fifteen minutes, longer than this test may: the trigger has released the claim.
      await expectDoneOnce([added]);
      expect(await ended(added.job.id)).toMatchObject({ attempt: 2 });
    });

    it('of the API right after its answers, what it answered for is dispatched', async () => {
      const { stack, add } = world();
      const titles = ['Mati setelah jawaban 1', 'Mati setelah jawaban 2', 'Mati setelah jawaban 3'];
      const added = await Promise.all(titles.map((title) => add(title)));
      await stack.parts.api.kill();
      await stack.parts.api.start();
      await expectDoneOnce(added);
    });

    it('of the API before it dispatched, the job is dispatched by the next', async () => {
      const { stack, add, events, teacher } = world();
      const added = await events.closedWhile(async () => {
        const waiting = await add('Mati sebelum dikirim');
        expect(await teacher.job(waiting.job.id)).toMatchObject({ executionId: null });
        await stack.parts.api.kill();
        await stack.parts.api.start();
        return waiting;
      });
      await expectDoneOnce([added]);
    });

    it('of the API after the sheet took a batch and before it was marked, no row is doubled', async () => {
      const { stack, add, google } = world();
      await google.arm({ service: 'sheets', method: 'batchUpdate', kind: 'hold', when: 'after' });
      const added = await add('Mati sebelum ditandai');
      await untilHeld();
      const rows = await readSheet(stack.facts);
      expect(rows.filter(({ title }) => title === added.material.title)).toHaveLength(1);
      await stack.parts.api.kill();
      await google.disarm();
      await stack.parts.api.start();
      await expectDoneOnce([added]);
    });

    it('of the API while n8n works, the result is taken by the next', async () => {
      const { stack, add, google, until, teacher } = world();
      await google.arm({ service: 'gemini', kind: 'hold', when: 'before' });
      const added = await add('API mati saat n8n bekerja');
      const claimed = await until(added.job.id, 'claimed', (job) => job.executionId !== null);
      await untilHeld();
      await stack.parts.api.kill();
      await google.disarm();
      await stack.parts.api.start();
      await expectDoneOnce([added]);
      const job = await teacher.job(added.job.id);
      expect(job).toMatchObject({ attempt: 1, executionId: claimed.executionId });
    });
  });
}
