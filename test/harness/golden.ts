import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { goldenItemSchema, type GoldenItem } from '../../core/analysis/golden/golden.ts';

const ANALYSIS = join(process.cwd(), 'core/analysis');

/** The golden set, by id. */
export function goldenItems(): GoldenItem[] {
  const folder = join(ANALYSIS, 'golden/materials');
  return readdirSync(folder)
    .sort()
    .map((file) => goldenItemSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))));
}

/** SHA-256 of what the scores depend on. A changed comment changes a hash too: the scores are then written anew. */
export function goldenHashes(): Readonly<Record<'prompt' | 'schema' | 'checks', string>> {
  return {
    prompt: hashOf(['prompt.ts', 'repair.ts']),
    schema: hashOf(['schema.ts', 'responseSchema.ts', ...filesIn('capaian')]),
    checks: hashOf(['check.ts', ...filesIn('checks'), ...filesIn('text')]),
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(join(ANALYSIS, folder))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => join(folder, name));
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\n${readFileSync(join(ANALYSIS, file), 'utf8')}\n`);
  return hash.digest('hex');
}
