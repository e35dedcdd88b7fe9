import { randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { materialIdSchema, newMaterialSchema } from '../../core/index.ts';
import { writeAnalysis } from '../../api/analysis/writeAnalysis.ts';
import type { Database } from '../../api/db/schema.ts';
import { recordHistory } from '../../api/history/index.ts';
import { insertMaterials } from '../../api/materials/batch/repository.ts';
import {
  lockMaterial,
  newRecord,
  updateMaterial,
  type MaterialRecord,
} from '../../api/materials/repository.ts';
import { NOTE } from './headers.ts';
import type { Records } from './oracle.ts';
import type { Tokens } from './tokens.ts';

/** What the portal's own people and jobs write, in the same transactions as the API's routes. */
export class PortalWriter {
  readonly #db: Kysely<Database>;
  readonly #tokens: Tokens;

  constructor(db: Kysely<Database>, tokens: Tokens) {
    this.#db = db;
    this.#tokens = tokens;
  }

  /** As `POST /api/materials` does. */
  async add(): Promise<void> {
    const id = materialIdSchema.parse(uuidv7());
    const title = this.#tokens.written('Baru');
    const description = this.#tokens.written('uraian');
    const texts = { title: title.text, description: description.text };
    const given = { subject: 'IPA', type: 'Video', level: 'Fase C', ...texts };
    const record = newRecord(id, newMaterialSchema.parse(given), null, new Date());
    await this.#db.transaction().execute((trx) => insertMaterials(trx, [record]));
    this.#tokens.accept(title, { materialId: id, header: 'MATERIAL_TITLE' });
    this.#tokens.accept(description, { materialId: id, header: 'MATERIAL_DESC' });
  }

  /** As a PUT does it, or a job that ends. @param which one of the portal's materials */
  async change(what: 'edit' | 'analyse' | 'note', which: number): Promise<void> {
    const all = await this.#db
      .selectFrom('materials')
      .select('id')
      .where('deletedAt', 'is', null)
      .orderBy('id')
      .execute();
    const id = all[which % Math.max(1, all.length)]?.id;
    if (id === undefined) return;
    const header = { edit: 'MATERIAL_DESC', analyse: 'AI_SUMMARY', note: NOTE }[what];
    const token = this.#tokens.written(what === 'analyse' ? 'ringkasan' : 'uraian');
    const isAccepted = await this.#db.transaction().execute(async (trx) => {
      const material = await lockMaterial(trx, id);
      if (material === undefined || material.deletedAt !== null) return false;
      if (what === 'analyse') {
        const source = `test:${randomUUID()}`;
        const fields = { aiSummary: token.text, aiStatus: 'COMPLETED', aiSource: source };
        await writeAnalysis(trx, material, fields, 'workflow');
        return true;
      }
      const { field, before, change } = editOf(material, what, token.text);
      const { revision } = await updateMaterial(trx, material, change);
      const entry = { materialId: id, actor: 'user:1', field, before, after: token.text, revision };
      await recordHistory(trx, [entry]);
      return true;
    });
    if (isAccepted) this.#tokens.accept(token, { materialId: id, header });
  }

  /** All that PostgreSQL keeps of texts that are not in their cells. */
  async records(): Promise<Records> {
    const texts = new Set<string>();
    const metadata = new Set<string>();
    for (const material of await this.materials()) {
      for (const both of Object.values(material.conflicts) as { sheet: string; portal: string }[]) {
        texts.add(both.sheet).add(both.portal);
      }
      for (const text of Object.values(material.metadata)) metadata.add(text);
    }
    const replaced = await this.#db.selectFrom('materialHistory').select('before').execute();
    for (const { before } of replaced) if (before !== null) texts.add(before);
    const unplacedHeaders = new Set<string>();
    for (const { header, text } of await unplacedTexts(this.#db)) {
      texts.add(text);
      unplacedHeaders.add(header);
    }
    return { texts, unplacedHeaders, metadata };
  }

  materials(): Promise<MaterialRecord[]> {
    return this.#db.selectFrom('materials').selectAll().execute();
  }

  /** So much time passes that no batch which was sent can land any more. */
  async wait(): Promise<void> {
    const sent = sql<Date>`created_at - interval '11 minutes'`;
    await this.#db.updateTable('sheetWrites').set({ createdAt: sent }).execute();
  }

  /** An admin says that the vanished materials were meant to vanish. */
  async confirm(): Promise<void> {
    await this.#db.updateTable('catalogState').set({ confirmedAt: new Date() }).execute();
  }
}

function editOf(material: MaterialRecord, what: 'edit' | 'note', text: string) {
  if (what === 'edit') {
    const change = { fields: { description: text } };
    return { field: 'description', before: material.description, change };
  }
  const metadata = { ...material.metadata, [NOTE]: text };
  const before = material.metadata[NOTE] ?? null;
  return { field: `metadata.${NOTE}`, before, change: { fields: {}, metadata } };
}

const TABLES = ['materials', 'jobs', 'sheet_writes', 'material_history', 'material_updates'];

/** A portal that has never seen a sheet. Deleting few rows takes less time than `truncate`. */
export async function emptyPortal(db: Kysely<Database>): Promise<void> {
  const known = await tablesOf(db);
  const emptied = [...TABLES, 'unplaced_texts'].filter((name) => known.has(name));
  const deletes = emptied.map((name) => `e_${name} as (delete from ${name})`).join(', ');
  await sql`with ${sql.raw(deletes)} update catalog_state set state = 'ok', reason = null,
    confirmed_at = null, adopted_at = null`.execute(db);
}

let tables: Promise<ReadonlySet<string>> | null = null;

function tablesOf(db: Kysely<Database>): Promise<ReadonlySet<string>> {
  tables ??= sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = 'public'`
    .execute(db)
    .then(({ rows }) => new Set(rows.map(({ name }) => name)));
  return tables;
}

/** The texts that no row could get back; none where the portal has no such table. */
async function unplacedTexts(db: Kysely<Database>): Promise<{ header: string; text: string }[]> {
  if (!(await tablesOf(db)).has('unplaced_texts')) return [];
  const { rows } = await sql<{ header: string; text: string }>`
    select header, text from unplaced_texts`.execute(db);
  return rows;
}
