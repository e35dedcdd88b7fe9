import { waitUntil } from '../../local/process/waitUntil.ts';
import { isRedisInstalled, startRedis } from '../harness/redisServer.ts';
import { seeded } from '../harness/seeded.ts';
import { Load } from '../load/load.ts';
import { brokenInvariants, findLosses, waitForRest } from '../load/losses.ts';
import { Rotation } from '../load/rotation.ts';
import { Traffic, type Phase } from '../load/traffic.ts';
import { callersOf, startWorld } from '../load/world.ts';
import { faultsOf, together, type Fault } from './faults.ts';
import { Instances } from '../load/instances.ts';

/** How long a fault may take to be met by requests, in milliseconds. */
const FELT_MS = 120_000;

const INSTANCES = 2;

export interface OutagesOptions {
  /** The names of the faults that happen one after the other, in this order; left out: all. */
  readonly order?: readonly string[];
  readonly seed: number;
  readonly perSecond: number;
  /** A fault lasts at least so long. */
  readonly faultMs: number;
  /** Random faults follow each other until so many milliseconds have passed since the first one. */
  readonly lengthMs: number;
  /** Waits after each fault until jobs and sheet have come to rest; without, only at the end. */
  readonly restsBetween: boolean;
}

/** One line of the table. */
export interface Row extends Phase {
  readonly lost: number;
  /** From the end of the fault until a new material was accepted. */
  readonly answersAfterMs: number | null;
  /** From the end of the fault until its job had ended and the sheet showed its analysis. */
  readonly wholeAfterMs: number | null;
}

export interface Report {
  readonly rows: readonly Row[];
  /** What may not happen, as a sentence each. */
  readonly faults: readonly string[];
  /** Errors in the logs of the instances. They are no fault by themselves. */
  readonly errors: readonly string[];
}

/** Lets every fault happen under load, then random pairs of them, and says what became of each request. */
export async function runOutages(options: OutagesOptions): Promise<Report> {
  const redis = isRedisInstalled() ? await startRedis() : null;
  const world = await startWorld(
    redis === null ? {} : { redis: { url: redis.url, prefix: 'outages:' } },
  );
  const { db, n8n, postgres, config, rows } = world;
  const traffic = new Traffic(new Rotation(), 'no fault');
  const instances = new Instances(config, traffic);
  const random = seeded(options.seed);
  const times = new Map<Phase, { answersAfterMs: number; wholeAfterMs: number }>();
  try {
    for (let count = 0; count < INSTANCES; count += 1) await instances.start();
    const tokens = await callersOf(db, config);
    const load = new Load(traffic, { tokens, random, perSecond: options.perSecond });
    await n8n.subscribe(traffic);
    await load.start();

    async function suffer(fault: Fault): Promise<void> {
      const phase = traffic.begin(fault.name);
      const until = Date.now() + options.faultMs;
      await fault.begin();
      await waitUntil(() => Date.now() >= until && fault.isFelt(phase), {
        what: `requests to meet the fault "${fault.name}"`,
        within: FELT_MS + options.faultMs,
      });
      await fault.end();
      const ended = Date.now();
      const probe = await load.probe();
      const answersAfterMs = Date.now() - ended;
      if (options.restsBetween) await waitForRest(db, rows, [probe]);
      times.set(phase, { answersAfterMs, wholeAfterMs: Date.now() - ended });
    }

    const faults = faultsOf({ postgres, redis, n8n, instances, load });
    await waitUntil(() => traffic.phase.done >= 50, { what: 'the load', within: FELT_MS });
    const begun = Date.now();
    const order = options.order ?? faults.map(({ name }) => name);
    for (const name of order) await suffer(oneOf(faults, name));
    while (Date.now() - begun < options.lengthMs) await suffer(together(pair(faults, random)));

    traffic.begin('afterwards');
    await load.stop();
    await waitForRest(db, rows, load.creations);
    const losses = await findLosses(db, rows, load);
    const broken = await brokenInvariants(db);
    const lost = (phase: Phase) => losses.filter((loss) => loss.phase === phase).length;
    return {
      rows: traffic.phases.map((phase) => ({
        ...phase,
        lost: lost(phase),
        answersAfterMs: times.get(phase)?.answersAfterMs ?? null,
        wholeAfterMs: (options.restsBetween && times.get(phase)?.wholeAfterMs) || null,
      })),
      faults: [
        ...traffic.faults,
        ...losses.map(({ phase, what }) => `lost in "${phase.name}": ${what}`),
        ...broken.map((what) => `broken invariant ${what}`),
      ],
      errors: instances.errors(),
    };
  } finally {
    postgres.thaw();
    redis?.thaw();
    await instances.end();
    await world.stop();
    await redis?.kill();
  }
}

function oneOf(faults: readonly Fault[], name: string): Fault {
  const fault = faults.find((one) => one.name === name);
  if (fault === undefined) throw new Error(`There is no fault "${name}" here.`);
  return fault;
}

/** Two faults of different parts, in the order of `faults`. */
function pair(faults: readonly Fault[], random: () => number): Fault[] {
  const partOf = (fault: Fault | undefined) => fault?.name.split(' ')[0];
  const any = (list: readonly Fault[]) => list[Math.floor(random() * list.length)];
  const first = any(faults);
  const second = any(faults.filter((fault) => partOf(fault) !== partOf(first)));
  return faults.filter((fault) => fault === first || fault === second);
}
