/**
 * One process that serves pages of materials, so that its memory is theirs alone. `/before` has the
 * query and the shape that lists had until version 0.1.0; the others are the API's own.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect, LONG_LIMITS, REQUEST_LIMITS } from '../../api/db/connect.ts';
import { materialIdSchema } from '../../api/db/ids.ts';
import { readHistory } from '../../api/history/repository.ts';
import { page } from '../../api/http/page.ts';
import { createLogger } from '../../api/log.ts';
import { MOST_WITH_METADATA, presentListed, readListed } from '../../api/materials/listed.ts';
import { presentMaterial } from '../../api/materials/present.ts';

const LIMIT = 200;

const [databaseUrl = '', material = ''] = process.argv.slice(2);
const log = createLogger('silent');
const db = connect(databaseUrl, log);
/** The old pages take longer than a request may. */
const patient = connect(databaseUrl, log, {
  ...LONG_LIMITS,
  connections: REQUEST_LIMITS.connections,
  connectMs: LONG_LIMITS.statementMs,
});
const newest = { limit: LIMIT, after: null };

const pages: Readonly<Record<string, () => Promise<unknown>>> = {
  '/before': async () => {
    const rows = await patient
      .selectFrom('materials')
      .selectAll()
      .where('deletedAt', 'is', null)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .limit(LIMIT + 1)
      .execute();
    return page({ rows, found: rows.length }, LIMIT, presentMaterial);
  },
  '/materials': async () => page(await readListed(db, newest), LIMIT, presentListed),
  '/metadata': async () =>
    page(
      await readListed(db, { limit: MOST_WITH_METADATA, after: null, include: 'metadata' }),
      MOST_WITH_METADATA,
      presentListed,
    ),
  '/history': async () =>
    page(await readHistory(db, materialIdSchema.parse(material), newest), LIMIT, (row) => row),
};

const server = createServer((request, response) => {
  void (async () => {
    const read = pages[request.url ?? ''];
    // `maxRSS` is in KB: the most that was resident since the process began.
    const body = read === undefined ? process.resourceUsage().maxRSS : await read();
    response.end(JSON.stringify(body));
  })();
});
server.listen(0, '127.0.0.1', () => {
  console.log((server.address() as AddressInfo).port);
});
