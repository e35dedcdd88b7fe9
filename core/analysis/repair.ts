import type { Issue } from './issue.ts';

/** Gemini repairs so many faults at once. */
const MOST_NAMED = 20;

/** The prompt for Gemini after an answer that did not pass the checks. It is sent once. */
export function repairPrompt(refused: readonly Issue[]): string {
  const list = refused
    .slice(0, MOST_NAMED)
    .map(({ path, message }) => `- ${path === '' ? '(seluruh jawaban)' : path}: ${message.id}`);
  return [
    'Jawaban itu belum dapat dipakai:',
    ...list,
    'Kirim jawaban yang lengkap dan sudah diperbaiki, dalam bentuk JSON yang sama.',
  ].join('\n');
}
