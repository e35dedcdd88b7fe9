/**
 * The main job on a real n8n, a real PostgreSQL and the stand-in for Google, all of them processes
 * that are really killed. One stack for all of it, for it takes half a minute to start.
 */
import { afterAll, afterEach, beforeAll, jest } from '@jest/globals';
import { join } from 'node:path';
import { claims } from './claims.ts';
import { crashes } from './crashes.ts';
import { gemini } from './gemini.ts';
import { mainJob } from './mainJob.ts';
import { startWorld, type World } from './world.ts';

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
