import type { CellValue } from '../../core/index.ts';
import type { MaterialRecord } from '../../api/materials/repository.ts';
import { NOTE } from './headers.ts';
import type { MemorySheet } from './memorySheet.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where the sheet and the read model differ once everything is at rest. */
export function agreement(sheet: MemorySheet, materials: readonly MaterialRecord[]): string[] {
  const rows = sheet.entered();
  const top = rows.findIndex((cells) => cells.includes('MATERIAL_TITLE'));
  const header = (rows[top] ?? []).map(String);
  const cell = (cells: readonly CellValue[], name: string) =>
    String(cells[header.indexOf(name)] ?? '')
      .trim()
      .toWellFormed();
  const known = new Map(materials.map((material) => [String(material.id), material]));
  const problems: string[] = [];
  const seen = new Set<string>();

  for (const cells of rows.slice(top + 1)) {
    const title = cell(cells, 'MATERIAL_TITLE');
    const id = cell(cells, 'MATERIAL_ID').toLowerCase();
    // The portal reports such a row, and leaves it alone.
    if (title === '' || (id !== '' && !ID.test(id))) continue;
    if (id === '') problems.push(`the row "${title}" has no id`);
    else if (seen.has(id)) problems.push(`two rows have the id ${id}`);
    seen.add(id);
    const material = known.get(id);
    if (id === '') continue;
    if (material === undefined || material.deletedAt !== null) {
      problems.push(`the portal does not show ${id}, "${title}"`);
      continue;
    }
    const pairs = [
      [title, material.title],
      [cell(cells, 'MATERIAL_DESC'), material.description],
      [cell(cells, 'AI_SUMMARY'), material.aiSummary],
      ...(header.includes(NOTE) ? [[cell(cells, NOTE), material.metadata[NOTE] ?? '']] : []),
    ];
    for (const [there, here] of pairs) {
      if (there !== here) problems.push(`the sheet has "${there}", the portal "${here}" (${id})`);
    }
  }
  for (const { id, deletedAt, conflicts, missingSince: since } of materials) {
    const waits = since !== null && Object.keys(conflicts).length > 0;
    if (deletedAt === null && !waits && !seen.has(String(id))) problems.push(`${id} has no row`);
  }
  return problems;
}
