import type { MergedField } from '../../core/index.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { openFolder } from '../../api/backup/folderStore.ts';
import { savedMaterialSchema, type SavedMaterial } from '../../api/backup/material.ts';
import { insertSaved } from '../../api/backup/repository.ts';
import type { Database } from '../../api/db/schema.ts';

/** What breaks a backup that was not tried with it. */
export const AWKWARD_TEXTS: readonly string[] = [
  'Kata "dalam" kutipan, koma; titik koma',
  'Baris satu\nbaris dua\r\n- butir\n=1+1',
  '=1+1',
  '+62 812',
  '-5 derajat',
  '@guru',
  "'apostrof",
  "''=dua",
  '\ttab\tdi dalam',
  'Emoji 👩🏽‍🏫 dan é, e\u0301, 中',
  '007',
  '2026-11-23',
  'TRUE',
  'x'.repeat(50_000),
];

export const CATALOG = { spreadsheetId: 'sheet', tab: 'Katalog 2026' };

type Given = Partial<Record<MergedField, string>> & { metadata?: Record<string, string> };

/** Materials as a backup holds them, in the order of their ids. */
export function savedMaterials(given: readonly Given[]): SavedMaterial[] {
  return given.map((more) =>
    savedMaterialSchema.parse({
      id: uuidv7(),
      subject: 'IPA',
      title: 'Fotosintesis',
      description: '',
      type: 'Modul',
      level: 'Fase B',
      theme: '',
      subtheme: '',
      url: '',
      aiSummary: '',
      aiStatus: '',
      aiSource: '',
      metadata: {},
      conflicts: {},
      createdAt: '2026-11-01T00:00:00.000Z',
      updatedAt: '2026-11-02T00:00:00.000Z',
      ...more,
    }),
  );
}

/** A catalog with these materials, as if they had just been made. */
export async function fill(
  db: Kysely<Database>,
  given: readonly Given[],
): Promise<readonly SavedMaterial[]> {
  const materials = savedMaterials(given);
  await db.transaction().execute((trx) => insertSaved(trx, materials));
  return materials;
}

/** A folder of a test's own, as a store. */
export async function testFolder() {
  const path = await mkdtemp(join(tmpdir(), 'materi-backup-test-'));
  return {
    path,
    location: { kind: 'folder', path } as const,
    store: openFolder(path, path),
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
