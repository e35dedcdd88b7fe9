/**
 * `npm run bench:lists`: what the largest pages of lists cost, asked for one at a time and at once:
 * bytes a page, and the most memory that was resident, each in a process of its own. Every text of
 * the 201 materials is as long as a cell can be.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { testDatabase } from '../test/harness/database.ts';
import startPostgres from '../test/harness/postgres/start.ts';
import stopPostgres from '../test/harness/postgres/stop.ts';
import { printTable } from './table.ts';

const CELL = 50_000;
const MATERIALS = 201;
const METADATA = 12;

/** Each list with how many of its pages are asked for at once. 32 of the old ones do not fit in memory. */
const MEASURED = [
  ['/before', 'materials, before', [1, 4]],
  ['/materials', 'materials', [1, 8, 32]],
  ['/metadata', 'materials with metadata', [1, 8, 32]],
  ['/history', 'history', [1, 8, 32]],
] as const;

async function bytesOf(url: string): Promise<number> {
  const { body } = await fetch(url);
  let bytes = 0;
  for await (const chunk of body ?? []) bytes += (chunk as Uint8Array).length;
  return bytes;
}

async function measure(databaseUrl: string, material: string, path: string, atOnce: number) {
  const script = join(import.meta.dirname, 'lists', 'server.ts');
  const child = spawn(process.execPath, [script, databaseUrl, material], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [port] = (await once(createInterface(child.stdout), 'line')) as [string];
  const url = `http://127.0.0.1:${port}`;
  const sizes = await Promise.all(Array.from({ length: atOnce }, () => bytesOf(url + path)));
  const peak = Number(await (await fetch(`${url}/peak`)).text());
  child.kill();
  return { bytes: sizes[0] ?? 0, peakMb: peak / 1024 };
}

await startPostgres({ rootDir: process.cwd() });
const database = await testDatabase();
const rows: string[][] = [];
try {
  const material = randomUUID();
  await sql`
    with long as (select repeat('Air dan api. ', ${Math.floor(CELL / 13)}) as text)
    insert into materials (id, subject, title, description, type, level, theme, subtheme, ai_summary,
      metadata, text_hash)
    select case n when 1 then ${material}::uuid else gen_random_uuid() end,
      text, text, text, text, text, text, text, text,
      (select jsonb_object_agg('Kolom ' || k, text) from generate_series(1, ${METADATA}) as k), ''
    from generate_series(1, ${MATERIALS}) as n, long`.execute(database.db);
  await sql`
    insert into material_history (id, material_id, actor, field, before, after)
    select gen_random_uuid(), id, 'sheet', 'title', title, description
    from materials, generate_series(1, ${MATERIALS}) where id = ${material}`.execute(database.db);
  for (const [path, list, counts] of MEASURED) {
    for (const atOnce of counts) {
      const { bytes, peakMb } = await measure(database.url, material, path, atOnce);
      rows.push([list, String(atOnce), (bytes / 1e6).toFixed(2), peakMb.toFixed(0)]);
    }
  }
} finally {
  await database.drop();
  await stopPostgres();
}
printTable(['list', 'at once', 'MB a page', 'MB resident'], rows);
