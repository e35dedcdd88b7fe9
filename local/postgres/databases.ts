import type pg from 'pg';
import { withClient, type Patience } from './client.ts';

/** The two databases of the stack: the API's and n8n's. */
export interface Databases {
  readonly materi: string;
  readonly n8n: string;
}

/**
 * Makes sure that both databases are there. n8n has one of its own, beside the API's, so that
 * neither's migrations ever see the other's tables.
 * @param server the API's database, or, where `materi` is given, any database of the server
 * @throws Error saying which database could not be made, and what to do
 */
export async function ensureDatabases(
  server: string,
  patience: Patience,
  materi?: string,
): Promise<Databases> {
  const name = materi ?? databaseName(server);
  const urls = {
    materi: withDatabase(server, name),
    n8n: withDatabase(server, materi === undefined ? `${name}_n8n` : 'n8n'),
  };
  await withClient(server, patience, async (client) => {
    for (const url of Object.values(urls)) await ensureDatabase(client, databaseName(url));
  });
  return urls;
}

/** Whether the server answers a query. */
export async function answers(server: string): Promise<boolean> {
  try {
    await withClient(server, { within: 2_000 }, (client) => client.query('SELECT 1'));
    return true;
  } catch {
    return false;
  }
}

export function databaseName(url: string): string {
  return decodeURIComponent(new URL(url).pathname.slice(1));
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (found.rowCount !== 0) return;
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Database "${name}" is missing and could not be made (${reason}). ` +
        `Create it yourself, or let the role of DATABASE_URL do it: ALTER ROLE … CREATEDB.`,
    );
  }
}
