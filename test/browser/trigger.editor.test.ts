import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import { waitUntil } from '../../local/process/waitUntil.ts';
import { inBrowser } from '../harness/browser/chromium.ts';
import { Editor } from '../harness/browser/editor.ts';

const CREDENTIALS = { materiPortalApi: { id: 'materiPortal0001', name: 'Materi Portal' } };

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.open();
}, 60_000);
afterAll(async () => {
  await editor.close();
});

function saveTrigger(name: string, parameters = {}): Promise<string> {
  const trigger = { name: 'Trigger', type: 'materiTrigger', credentials: CREDENTIALS, parameters };
  return editor.workflow(name, [trigger]);
}

const subscriptionsSchema = z.object({
  items: z.array(
    z.object({
      claims: z.array(z.string()),
      workflow: z.object({ id: z.string(), name: z.string() }),
    }),
  ),
});

/** The name of the workflow that the portal gives the jobs to. */
async function claimant(): Promise<string | undefined> {
  const response = await fetch(`${editor.facts.api}/api/webhook/subscriptions`, {
    headers: { authorization: `Bearer ${editor.facts.serviceKey}` },
  });
  const { items } = z.parse(subscriptionsSchema, await response.json());
  return items.find(({ claims }) => claims.includes('analyze'))?.workflow.name;
}

describe('Materi Trigger in the editor', () => {
  inBrowser('says what to do for a sample event and for real events', async () => {
    await editor.openWorkflow(await saveTrigger('Contoh peristiwa'));
    const panel = await editor.openNode('Trigger');
    await panel.getByText('Get a sample event from the portal').waitFor();
    await editor.screenshot('trigger-panel');
    expect(await panel.getByText('/webhook-test/').count()).toBe(0);
    await editor.closeNode();
  });

  inBrowser('gets the sample event in the editor, and passes it on', async () => {
    await editor.openWorkflow(await saveTrigger('Contoh peristiwa datang'));
    const panel = await editor.openNode('Trigger');
    await panel.getByTestId('node-execute-button').first().click();
    const output = panel.getByTestId('output-panel');
    await output.getByText('Fotosintesis pada tumbuhan hijau').first().waitFor();
    await editor.screenshot('trigger-sample');
    await editor.closeNode();
  });

  inBrowser(
    'cannot be published while another workflow takes the jobs, and shows which one',
    async () => {
      await editor.openWorkflow(await saveTrigger('Analisis kedua'));
      await editor.publish();
      await editor.page.getByText('The workflow "Materi: analyse a material" at').waitFor();
      await editor.page.getByText('turn on Take Over Jobs').waitFor();
      await editor.screenshot('publish-refused');
    },
    90_000,
  );

  it('takes the jobs over with its option, and the other workflow has them again afterwards', async () => {
    const untilClaimant = (name: string) =>
      waitUntil(async () => (await claimant()) === name, {
        what: `the portal to give the jobs to "${name}"`,
        within: 30_000,
      });
    const id = await saveTrigger('Pengganti', { options: { takeOverJobs: true } });
    await editor.publishById(id);
    await untilClaimant('Pengganti');
    await editor.unpublishById(id);
    await untilClaimant('Materi: analyse a material');
  });
});
