import { sql, type Kysely, type Transaction } from 'kysely';
import { fieldOfHeader, type Unplaced } from '../../core/index.ts';
import type { Database, UnplacedTextsTable } from '../db/schema.ts';
import { recordHistory } from '../history/index.ts';
import type { UnplacedText } from './schemas.ts';

/**
 * Records texts that a batch overwrote and that no row can get back. The status shows them, and so does the
 * history of their material. It leaves out a text that is already recorded. So a cycle that is repeated
 * after a crash records nothing twice.
 */
export async function recordUnplaced(
  trx: Transaction<Database>,
  unplaced: readonly Unplaced[],
): Promise<void> {
  for (const { batchId, row, column, materialId, title, header, text } of unplaced) {
    const inserted = await trx
      .insertInto('unplacedTexts')
      .values({
        batchId,
        rowIndex: row,
        columnIndex: column,
        materialId,
        title,
        header,
        text,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n || materialId === null) continue;
    const known = await trx
      .selectFrom('materials')
      .select('id')
      .where('id', '=', materialId)
      .executeTakeFirst();
    if (known === undefined) continue;
    const field = fieldOfHeader(header) ?? `metadata.${header}`;
    await recordHistory(trx, [{ materialId, actor: 'portal', field, before: text, after: null }]);
  }
}

const MOST_SHOWN = 50;
/** All shown texts together: a cell may have 50,000 characters. */
const MOST_CHARACTERS = 500_000;

/** The newest texts (index unplaced_texts_newest), and how many there are. */
export async function readUnplaced(
  db: Kysely<Database>,
): Promise<{ unplaced: UnplacedText[]; unplacedCount: number }> {
  const newest = await db
    .selectFrom('unplacedTexts')
    .selectAll()
    .orderBy('at', 'desc')
    .limit(MOST_SHOWN)
    .execute();
  const { count } = await db
    .selectFrom('unplacedTexts')
    .select(sql<number>`count(*)`.as('count'))
    .executeTakeFirstOrThrow();
  let characters = 0;
  const shown = newest.filter(({ text }) => (characters += text.length) <= MOST_CHARACTERS);
  return { unplaced: shown.map(present), unplacedCount: count };
}

function present(row: Omit<UnplacedTextsTable, 'at'> & { at: Date }): UnplacedText {
  const rowNumber = row.rowIndex + 1;
  return {
    rowNumber,
    header: row.header,
    materialId: row.materialId,
    title: row.title,
    text: row.text,
    at: row.at.toISOString(),
    message: row.text === '' ? strayText(rowNumber, row.header) : lostText(rowNumber, row.header),
  };
}

function lostText(rowNumber: number, header: string) {
  return {
    id: `Baris ${rowNumber}, kolom ${header}: teks ini tertimpa saat portal menulis, dan barisnya tidak ditemukan lagi. Ketik ulang teks ini di baris yang benar.`,
    en: `Row ${rowNumber}, column ${header}: the portal overwrote this text and did not find its row again. Type the text into its row.`,
  };
}

function strayText(rowNumber: number, header: string) {
  return {
    id: `Baris ${rowNumber}, kolom ${header}: portal menulis teks di sel kosong ini karena keliru, dan Google tidak menghapusnya. Periksa sel ini, lalu kosongkan.`,
    en: `Row ${rowNumber}, column ${header}: the portal wrote into this empty cell by mistake, and Google did not remove the text. Check the cell and clear it.`,
  };
}
