import { afterAll, beforeAll, describe } from '@jest/globals';
import { inBrowser } from '../harness/browser/chromium.ts';
import { Editor } from '../harness/browser/editor.ts';

let editor: Editor;

beforeAll(async () => {
  editor = await Editor.open();
  if (editor.hasBrowser) await editor.openWorkflow();
}, 60_000);
afterAll(async () => {
  await editor.close();
});

/** The words that designers type, in English and Indonesian, and the nodes that they look for. */
const SEARCHES: Readonly<Record<string, readonly string[]>> = {
  materi: ['Materi Catalog', 'Materi Gemini', 'Materi Job', 'Materi Trigger'],
  katalog: ['Materi Catalog'],
  'katalog materi': ['Materi Catalog'],
  'google sheet catalog': ['Materi Catalog'],
  lembar: ['Materi Catalog'],
  gemini: ['Materi Gemini'],
  analisis: ['Materi Gemini'],
  kurikulum: ['Materi Gemini'],
  'modul ajar': ['Materi Gemini'],
  'lembar kerja': ['Materi Gemini'],
  lesson: ['Materi Gemini'],
  quiz: ['Materi Gemini'],
  ringkasan: ['Materi Gemini'],
  silabus: ['Materi Gemini'],
  pekerjaan: ['Materi Job'],
  tugas: ['Materi Job'],
  'tugas analisis': ['Materi Job'],
  pemicu: ['Materi Trigger'],
  'materi baru': ['Materi Trigger'],
  school: ['Materi Catalog', 'Materi Gemini', 'Materi Job', 'Materi Trigger'],
  murid: ['Materi Catalog', 'Materi Gemini', 'Materi Job', 'Materi Trigger'],
  'digital materi': ['Materi Catalog', 'Materi Gemini', 'Materi Job', 'Materi Trigger'],
  sekolah: ['Materi Catalog', 'Materi Gemini', 'Materi Job', 'Materi Trigger'],
};

describe('the node creator', () => {
  for (const [words, names] of Object.entries(SEARCHES)) {
    inBrowser(`shows ${names.join(', ')} at the top for "${words}"`, async () => {
      for (const name of names) await editor.findNode(words, name, Math.max(3, names.length));
      await editor.screenshot(`creator-${words.replaceAll(' ', '-')}`);
    });
  }
});
