import type { Kysely } from 'kysely';
import { connect, LONG_LIMITS } from '../../api/db/connect.ts';
import type { Config } from '../../api/config/config.ts';
import type { Database } from '../../api/db/schema.ts';
import { createLogger } from '../../api/log.ts';
import { matchHeader } from '../../core/index.ts';
import { startGoogle } from '../../google-standin/index.ts';
import { dump, makeSpreadsheet } from '../harness/google/controls.ts';
import { SERVICE_KEY, signInPerson, testConfig } from '../harness/portal.ts';
import { startPostgresServer } from '../harness/postgres/server.ts';
import { HEADER } from '../harness/sync.ts';
import type { ReadRows } from './losses.ts';
import { PlayedN8n } from './n8n.ts';

const TAB = 'Katalog';

/** A limit that no load reaches, so that every request is counted, in Redis where there is one. */
const NO_LIMIT = 1_000_000;

/** As in production. */
const STOP_DELAY_MS = 5_000;

const PEOPLE = 4;
const DAY_SECONDS = 24 * 60 * 60;

/** What the instances of the API need: PostgreSQL, the stand-in for Google with a sheet, and n8n, played. */
export async function startWorld(config: Partial<Config> = {}) {
  const postgres = await startPostgresServer();
  const google = await startGoogle();
  const n8n = await PlayedN8n.start();
  const spreadsheetId = await makeSpreadsheet(google, [{ title: TAB, values: [HEADER] }]);
  const { serviceAccount, url: rootUrl } = google;
  const db = connect(postgres.url, createLogger('silent'), LONG_LIMITS);

  const rows: ReadRows = async () => {
    const { tabs } = await dump(google, spreadsheetId);
    const values = tabs.find(({ title }) => title === TAB)?.values ?? [];
    const { row, columns } = matchHeader(values, TAB);
    const cell = (cells: readonly string[], column = -1) => cells[column] ?? '';
    return values.slice(row + 1).map((cells) => ({
      id: cell(cells, columns.id),
      title: cell(cells, columns.title),
      summary: cell(cells, columns.aiSummary),
    }));
  };

  return {
    postgres,
    n8n,
    db,
    rows,
    config: {
      ...testConfig(postgres.url, n8n.url, { serviceAccount, rootUrl, spreadsheetId, tab: TAB }),
      rateLimits: { user: NO_LIMIT, service: NO_LIMIT, address: NO_LIMIT, signIn: NO_LIMIT },
      stopDelayMs: STOP_DELAY_MS,
      ...config,
    },
    async stop() {
      await n8n.stop();
      await google.close();
      await db.destroy();
      await postgres.remove();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** The tokens of the load's callers: teachers, an admin, and a service key. An instance has migrated the database. */
export async function callersOf(db: Kysely<Database>, config: Config): Promise<string[]> {
  const roles = ['admin', ...Array.from({ length: PEOPLE }, () => 'teacher' as const)] as const;
  const people = await Promise.all(
    roles.map((role) => signInPerson(db, config, role, DAY_SECONDS)),
  );
  return [SERVICE_KEY, ...people.map(({ token }) => token)];
}
