/**
 * The main job on a real n8n, a real PostgreSQL and the stand-in for Google. All of them are processes, and
 * the tests really kill them. One stack for all of it, for it takes half a minute to start.
 */
import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import { join } from 'node:path';
import { claims } from '../harness/stack/claims.ts';
import { crashes } from '../harness/stack/crashes.ts';
import { gemini } from '../harness/stack/gemini.ts';
import { mainJob } from '../harness/stack/mainJob.ts';
import { startWorld, type World } from '../harness/stack/world.ts';

const MINUTE = 60_000;
jest.setTimeout(4 * MINUTE);

let started: World | undefined;
const world = (): World => {
  if (started === undefined) throw new Error('The stack has not started');
  return started;
};

beforeAll(async () => {
  started = await startWorld(join(__dirname, '..', '..'));
}, 8 * MINUTE);
afterEach(async () => {
  await started?.google.disarm();
});
afterAll(async () => {
  await started?.stop();
}, MINUTE);

mainJob(world);
claims(world);
gemini(world);
crashes(world);
