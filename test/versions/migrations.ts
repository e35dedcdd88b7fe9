import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = 'api/db/migrations';

/** A migration that the version before does not have. */
export interface NewMigration {
  readonly name: string;
  /** Whether its header says that the version before can run beside it. */
  readonly letsBeforeRun: boolean;
}

/** The migrations in one folder of a version, by name, in their order. */
export function migrationNames(project: string): string[] {
  const files = readdirSync(join(project, FOLDER));
  return files.map((file) => file.replace(/\.\w+$/, '')).sort();
}

/** The migrations that `project` has and `before` has not. */
export function newMigrations(project: string, before: string): NewMigration[] {
  const known = new Set(migrationNames(before));
  return migrationNames(project)
    .filter((name) => !known.has(name))
    .map((name) => {
      const text = readFileSync(join(project, FOLDER, `${name}.sql`), 'utf8');
      return { name, letsBeforeRun: letsBeforeRun(text) };
    });
}

/** Reads the comment at the beginning of a migration (CONTRIBUTING.md, "Migrations"). */
export function letsBeforeRun(sql: string): boolean {
  const lines = sql.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const header = lines
    .slice(0, end === -1 ? lines.length : end)
    .map((line) => line.slice(2).trim())
    .join(' ');
  return header.includes('An instance of the version before can run beside it');
}
