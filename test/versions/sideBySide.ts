import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { waitUntil } from '../../local/process/waitUntil.ts';
import { seeded } from '../harness/seeded.ts';
import { Instances } from '../load/instances.ts';
import { Load } from '../load/load.ts';
import { brokenInvariants, findLosses, waitForRest } from '../load/losses.ts';
import { Rotation } from '../load/rotation.ts';
import { Traffic, type Phase } from '../load/traffic.ts';
import { callersOf, startWorld } from '../load/world.ts';

const INSTANCES = 2;
const PER_SECOND = 30;

/** Requests in each of the short phases. */
const SOME = 300;
const PHASE_MS = 120_000;

export interface Report {
  /** Requests that the version before does not know, so that nobody sent them. */
  readonly unknown: readonly string[];
  readonly phases: readonly (Phase & { readonly lost: number })[];
  /** What may not happen, as a sentence each. */
  readonly faults: readonly string[];
  /** Errors in the logs of the instances, and the causes of 503. */
  readonly errors: readonly string[];
}

/**
 * Updates a portal under load: the version before alone, the migrations, both versions side by side, and
 * this version alone. Nothing fails, so a 503 is a fault too.
 *
 * @param before the folder of the version before
 */
export async function runSideBySide(before: string, lengthMs: number): Promise<Report> {
  const world = await startWorld();
  const { db, config, n8n, rows } = world;
  const traffic = new Traffic(new Rotation(), 'the version before');
  const old = new Instances(config, traffic, before);
  const current = new Instances(config, traffic);
  try {
    for (let count = 0; count < INSTANCES; count += 1) await old.start();
    const tokens = await callersOf(db, config);
    const load = new Load(traffic, { tokens, random: seeded(1), perSecond: PER_SECOND });
    await n8n.subscribe(traffic);
    const unknown = await load.leaveOutUnknown(traffic.rotation.next());
    await load.start();
    const some = (phase: Phase) =>
      waitUntil(() => phase.done >= SOME, {
        what: `the load in "${phase.name}"`,
        within: PHASE_MS,
      });
    await some(traffic.phase);

    const migrating = traffic.begin('migrations');
    await promisify(execFile)(process.execPath, ['api/commands/migrate.ts'], {
      env: { DATABASE_URL: config.databaseUrl },
    });
    await some(migrating);

    traffic.begin('side by side');
    const until = Date.now() + lengthMs;
    for (let count = 0; count < INSTANCES; count += 1) await current.start();
    await waitUntil(() => Date.now() >= until, { what: 'the end', within: lengthMs + PHASE_MS });

    const leaving = traffic.begin('the version before stops');
    for (let count = 0; count < INSTANCES; count += 1) await old.terminate();
    await some(leaving);

    await some(traffic.begin('this version'));
    await load.stop();
    await waitForRest(db, rows, load.creations);
    const losses = await findLosses(db, rows, load);
    const broken = await brokenInvariants(db);
    return {
      unknown,
      phases: traffic.phases.map((phase) => ({
        ...phase,
        lost: losses.filter((loss) => loss.phase === phase).length,
      })),
      faults: [
        ...traffic.faults,
        ...traffic.phases
          .filter(({ unavailable }) => unavailable > 0)
          .map(({ name, unavailable }) => `${name}: ${unavailable} requests got 503`),
        ...losses.map(({ phase, what }) => `lost in "${phase.name}": ${what}`),
        ...broken.map((what) => `broken invariant ${what}`),
      ],
      errors: [old, current].flatMap((one) => [...one.errors(), ...one.causesOf503()]),
    };
  } finally {
    await old.end();
    await current.end();
    await world.stop();
  }
}
