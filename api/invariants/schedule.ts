import { Cron } from 'croner';
import { sql, type Kysely } from 'kysely';
import type { Database } from '../db/schema.ts';
import type { Logger } from '../log.ts';
import { checkInvariants } from './check.ts';
import { INVARIANTS } from './invariants.ts';
import { isChecked, writeChecks } from './repository.ts';

/** "matinv" in ASCII, cut to fit: the advisory lock of the instance that checks. */
const CHECK_LOCK = 0x6d617469;

export interface InvariantChecks {
  /** Ends after the query that runs. */
  stop(): Promise<void>;
}

/**
 * Checks the invariants once a night. Each instance looks a few times an hour whether there was a check
 * since the last 03:30. If not, the first instance that takes the lock checks. So if no instance ran at
 * night, the check comes in the morning.
 *
 * @param db a connection with time for statements that read whole tables
 */
export function startInvariantChecks(
  deps: { db: Kysely<Database>; log: Logger },
  pattern = `${Math.floor(Math.random() * 60)} */10 * * * *`,
): InvariantChecks {
  const log = deps.log.child({ part: 'invariants' });
  const stopping = new AbortController();
  let running: Promise<void> | undefined;
  const job = new Cron(pattern, { protect: true }, async () => {
    running = checkIfDue(deps.db, log, stopping.signal).catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      log.error({ err: error }, 'the invariants were not checked; it is tried again later');
    });
    await running;
  });
  return {
    stop: async () => {
      job.stop();
      stopping.abort();
      await running;
    },
  };
}

/** Checks the invariants, unless a check was made since the last 03:30 or another instance is checking. */
export async function checkIfDue(
  db: Kysely<Database>,
  log: Logger,
  stopping?: AbortSignal,
): Promise<void> {
  await db.connection().execute(async (connection) => {
    const { rows } = await sql<{
      won: boolean;
    }>`select pg_try_advisory_lock(${sql.lit(CHECK_LOCK)}) as won`.execute(connection);
    if (rows[0]?.won !== true) return;
    try {
      if (await isChecked(connection)) return;
      const findings = await checkInvariants(connection, log, stopping);
      await writeChecks(connection, findings);
      report(findings, log);
    } finally {
      await sql`select pg_advisory_unlock(${sql.lit(CHECK_LOCK)})`.execute(connection);
    }
  });
}

function report(findings: Awaited<ReturnType<typeof checkInvariants>>, log: Logger): void {
  const why = new Map(INVARIANTS.map((one) => [one.name, one.why]));
  const broken = findings.filter(({ violations }) => violations !== null && violations > 0);
  for (const { name, violations, examples } of broken) {
    log.error(
      { invariant: name, violations, examples, why: why.get(name) },
      'an invariant is broken',
    );
  }
  log.info({ checked: findings.length, broken: broken.length }, 'checked the invariants');
}
