import type { Issue } from './check.ts';

/** The prompt for Gemini after an answer that did not pass the checks. It is sent once. */
export function repairPrompt(issues: readonly Issue[]): string {
  const list = issues
    .slice(0, 20)
    .map(({ path, message }) => `- ${path === '' ? '(seluruh jawaban)' : path}: ${message}`);
  return [
    'Jawaban itu tidak dapat dipakai:',
    ...list,
    'Kirim jawaban yang lengkap dan sudah diperbaiki, dalam bentuk JSON yang sama.',
  ].join('\n');
}
