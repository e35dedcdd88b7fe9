import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import {
  materialIdSchema,
  newMaterialSchema,
  openSheet,
  SheetError,
  type MaterialId,
  type SheetRequest,
  type SheetTransport,
} from '../../core/index.ts';
import { HEADER } from '../../core/sheet/direct/test/rows.ts';
import { startGoogle, type GoogleStandIn } from '../../google-standin/index.ts';
import { writeAnalysis } from '../../api/analysis/writeAnalysis.ts';
import type { Database } from '../../api/db/schema.ts';
import { recordHistory } from '../../api/history/index.ts';
import { insertMaterials } from '../../api/materials/batch/repository.ts';
import { lockMaterial, newRecord, updateMaterial } from '../../api/materials/repository.ts';
import { syncCycle, type CycleResult } from '../../api/sync/cycle.ts';
import { Parking } from '../../api/sync/parking.ts';
import { googleTransport } from '../../api/sync/transport.ts';
import { testConfig } from './portal.ts';

export const TAB = 'Katalog 2026';
export { HEADER };

/** What a person does to the sheet, or a process to itself, at a point of a cycle. */
type Interruption = () => Promise<unknown>;

/**
 * One sheet in the stand-in, one read model in PostgreSQL, and instances that sync them cycle by cycle. A
 * test can act between the read and the write of an instance.
 */
export async function startHarness(db: Kysely<Database>, rows: readonly (readonly unknown[])[]) {
  const google = await startGoogle();
  const post = async (path: string, body: unknown) => {
    const response = await fetch(`${google.url}/stand-in/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const created = await post('spreadsheets', {
    title: 'Sekolah',
    tabs: [{ title: TAB, values: rows.map((cells) => cells.map(String)) }],
  });
  const spreadsheetId = String(created['spreadsheetId']);
  const { serviceAccount, url: rootUrl } = google;
  const sheet = { serviceAccount, spreadsheetId, tab: TAB, rootUrl };
  const transport = googleTransport(testConfig('', '', sheet).google);
  const person = personIn(transport, post, spreadsheetId);

  return {
    google,
    spreadsheetId,
    post,
    person,
    transport,
    read: () => openSheet(transport, TAB).read(),
    rows: () => readTab(google, spreadsheetId, TAB),
    /** The catalog's tab, by its id. */
    sheetId: async () => {
      const { tabs } = await transport.describe();
      return tabs.find(({ title }) => title === TAB)?.sheetId ?? 0;
    },
    hidden: () => readTab(google, spreadsheetId, '_materi'),
    /** An instance of the API as far as syncing goes, with a memory of its own. */
    instance: () => instance(db, transport),
    add: (title: string, more: Record<string, unknown> = {}) => addMaterial(db, title, more),
    analysed: (id: MaterialId, summary: string) => writeSummary(db, id, summary),
    edited: (id: MaterialId, description: string) => writeDescription(db, id, description),
    conflicts: () => db.selectFrom('materials').select('conflicts').execute(),
    /** What the portal keeps of materials whose rows people deleted, until they return. */
    missing: () =>
      db.selectFrom('materials').selectAll().where('missingSince', 'is not', null).execute(),
    /** What was replaced, by whomever. */
    replaced: () => db.selectFrom('materialHistory').select('before').execute(),
    /**
     * Gives the ids of the materials that the portal shows. It leaves out conflicts about a deletion:
     * people deleted the row, the portal had changed it, and nobody has picked yet.
     */
    shown: async () => {
      const rows = await db
        .selectFrom('materials')
        .select(['id', 'missingSince', 'conflicts'])
        .where('deletedAt', 'is', null)
        .execute();
      return rows
        .filter((row) => row.missingSince === null || Object.keys(row.conflicts).length === 0)
        .map(({ id }) => String(id));
    },
    /** Requests that a fault holds back at this moment. */
    held: async () => heldRequests(google),
    stop: () => google.close(),
  };
}

export type Harness = Awaited<ReturnType<typeof startHarness>>;

function instance(db: Kysely<Database>, transport: SheetTransport) {
  let beforeWrite: Interruption = async () => {};
  let refused: string | null = null;
  const sheet = openSheet(
    {
      ...transport,
      write: async (requests, show) => {
        const interrupt = beforeWrite;
        beforeWrite = async () => {};
        await interrupt();
        if (refused !== null && JSON.stringify(requests).includes(refused)) {
          throw new SheetError('refused', `Invalid requests: ${refused} is in a protected range.`);
        }
        return transport.write(requests, show);
      },
    },
    TAB,
  );
  const parking = new Parking();
  let last: CycleResult | null = null;
  const cycle = async () => {
    last = await syncCycle(
      { connection: db, sheet, parking, sample: () => Promise.resolve([]) },
      last,
    );
    return last;
  };
  return {
    cycle,
    parked: () => parking.list(),
    /** From now on Google refuses every batch with this text in it, as with a protected range. */
    refuse: (text: string | null) => {
      refused = text;
    },
    /** The cycle after a read that something happens behind. */
    cycleWith: async (interruption: Interruption) => {
      beforeWrite = interruption;
      return cycle();
    },
    /** Cycles until nothing is left to do; a bound, so that a test fails instead of hanging. */
    settle: async () => {
      for (let count = 0; count < 12; count += 1) {
        const { isBusy } = await cycle();
        if (!isBusy) return;
      }
      throw new Error('the sync does not come to rest');
    },
  };
}

function personIn(
  transport: SheetTransport,
  post: (path: string, body: unknown) => Promise<unknown>,
  spreadsheetId: string,
) {
  const at = `spreadsheets/${spreadsheetId}`;
  return {
    /** As Sheets itself does for a person: sorting, copying, moving. */
    does: (...requests: object[]) => transport.write(requests as SheetRequest[], []),
    types: (a1: string, value: string, tab = TAB) => post(`${at}/edit`, { tab, a1, value }),
    insertsRow: (index: number) => post(`${at}/rows`, { tab: TAB, action: 'insert', index }),
    deletesRow: (index: number) => post(`${at}/rows`, { tab: TAB, action: 'delete', index }),
    insertsColumn: (index: number) => post(`${at}/columns`, { tab: TAB, action: 'insert', index }),
    /** Lets nobody else edit a range. */
    protects: (a1: string) => post(`${at}/protect`, { tab: TAB, a1 }),
    deletesColumn: (index: number) => post(`${at}/columns`, { tab: TAB, action: 'delete', index }),
  };
}

async function readTab(google: GoogleStandIn, spreadsheetId: string, title: string) {
  const response = await fetch(`${google.url}/stand-in/spreadsheets/${spreadsheetId}`);
  const { tabs } = (await response.json()) as {
    tabs: { title: string; entered: unknown[][] }[];
  };
  return tabs.find((tab) => tab.title === title)?.entered ?? [];
}

async function addMaterial(
  db: Kysely<Database>,
  title: string,
  more: Record<string, unknown>,
): Promise<MaterialId> {
  const given = { subject: 'IPA', title, type: 'Video', level: 'Fase D', ...more };
  const id = materialIdSchema.parse(uuidv7());
  const record = newRecord(id, newMaterialSchema.parse(given), null, new Date());
  await db.transaction().execute((trx) => insertMaterials(trx, [record]));
  return id;
}

/** As a job that ends does it. @returns false if the material is gone */
function writeSummary(db: Kysely<Database>, id: MaterialId, summary: string): Promise<boolean> {
  const fields = { aiSummary: summary, aiStatus: 'COMPLETED', aiSource: `test:${randomUUID()}` };
  return db.transaction().execute(async (trx) => {
    const material = await lockMaterial(trx, id);
    if (material === undefined || material.deletedAt !== null) return false;
    await writeAnalysis(trx, material, fields, 'workflow');
    return true;
  });
}

/** As a teacher's PUT does it. @returns false if the material is gone */
function writeDescription(
  db: Kysely<Database>,
  id: MaterialId,
  description: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const material = await lockMaterial(trx, id);
    if (material === undefined || material.deletedAt !== null) return false;
    const { revision } = await updateMaterial(trx, material, { fields: { description } });
    const change = { field: 'description', before: material.description, after: description };
    await recordHistory(trx, [{ ...change, materialId: id, actor: 'teacher', revision }]);
    return true;
  });
}

async function heldRequests(google: GoogleStandIn): Promise<number> {
  const response = await fetch(`${google.url}/stand-in/faults`);
  const { faults } = (await response.json()) as { faults: { waiting: number }[] };
  return faults.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** A portal that has never seen a sheet. */
export async function emptyTables(db: Kysely<Database>): Promise<void> {
  await sql`truncate materials, jobs, sheet_writes cascade`.execute(db);
  await sql`update catalog_state set state = 'ok', reason = null, confirmed_at = null,
    adopted_at = null`.execute(db);
}
