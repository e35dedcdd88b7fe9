import type { RedisServer } from '../harness/redisServer.ts';
import type { Load } from '../load/load.ts';
import type { PlayedN8n } from '../load/n8n.ts';
import type { Phase } from '../load/traffic.ts';
import type { PostgresServer } from '../harness/postgres/server.ts';
import type { Instances } from '../load/instances.ts';

/** Something that fails, and works again. */
export interface Fault {
  readonly name: string;
  begin(): Promise<void> | void;
  /** Whether requests have met the fault; it lasts at least until then. */
  isFelt(phase: Phase): boolean;
  end(): Promise<void> | void;
}

export interface Parts {
  readonly postgres: PostgresServer;
  /** Null: there is no redis-server on this machine. */
  readonly redis: RedisServer | null;
  readonly n8n: PlayedN8n;
  readonly instances: Instances;
  readonly load: Load;
}

const SOME = 20;
const areServed = ({ done }: Phase) => done >= SOME;
const areRefused = ({ unavailable }: Phase) => unavailable >= SOME;

/** Every fault, in an order in which they also begin and end together. */
export function faultsOf({ postgres, redis, n8n, instances, load }: Parts): readonly Fault[] {
  let missed = 0;
  const ofRedis: Fault[] =
    redis === null
      ? []
      : [
          {
            name: 'Redis killed',
            begin: () => redis.kill(),
            isFelt: areServed,
            end: () => redis.start(),
          },
          {
            name: 'Redis frozen',
            begin: () => redis.freeze(),
            isFelt: areServed,
            end: () => redis.thaw(),
          },
        ];
  return [
    ...ofRedis,
    {
      name: 'PostgreSQL stopped',
      begin: () => postgres.stop('fast'),
      isFelt: areRefused,
      end: () => postgres.start(),
    },
    {
      name: 'PostgreSQL crashed',
      begin: () => postgres.stop('immediate'),
      isFelt: areRefused,
      end: () => postgres.start(),
    },
    {
      name: 'PostgreSQL frozen',
      begin: () => postgres.freeze(),
      isFelt: () => load.waiting >= SOME,
      end: () => postgres.thaw(),
    },
    {
      name: 'n8n refuses',
      begin: () => n8n.refuse(),
      isFelt: areServed,
      end: () => n8n.resume(),
    },
    {
      name: 'n8n hangs',
      begin() {
        missed = n8n.missed;
        n8n.hang();
      },
      isFelt: () => n8n.missed > missed,
      end: () => n8n.resume(),
    },
    {
      name: 'n8n crashed',
      begin: () => n8n.crash(),
      isFelt: areServed,
      end: () => n8n.restart(),
    },
    {
      name: 'instance killed',
      begin: () => instances.kill(),
      isFelt: areServed,
      end: () => instances.start(),
    },
    {
      name: 'instance stopped',
      begin: () => instances.terminate(),
      isFelt: areServed,
      end: () => instances.start(),
    },
  ];
}

/** Faults of different parts at the same time. */
export function together(faults: readonly Fault[]): Fault {
  return {
    name: faults.map(({ name }) => name).join(' + '),
    async begin() {
      for (const fault of faults) await fault.begin();
    },
    // With PostgreSQL away nothing is served, so that one of them is felt is enough.
    isFelt: (phase) => faults.some((fault) => fault.isFelt(phase)),
    async end() {
      for (const fault of faults) await fault.end();
    },
  };
}
