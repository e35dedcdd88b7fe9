/**
 * `npm run demo`: the main job against the running stack. A teacher signs in and adds three materials.
 * n8n has the stand-in Gemini analyse them. Then the demo prints the analyses and the rows in the
 * sheet. A line is in one language: Indonesian first, then English. Exit code 0 only if all three completed
 * and are in the sheet.
 */
import { dirname, join } from 'node:path';
import { follow } from './demo/follow.ts';
import { demoMaterials } from './demo/materials.ts';
import { Paper } from './demo/paper.ts';
import { Portal } from './demo/portal.ts';
import { printEnd, printRows, progressOf } from './demo/report.ts';
import { readSheet } from './demo/sheet.ts';
import { waitUntil } from './process/waitUntil.ts';
import { readStackFacts, type StackFacts } from './stack/index.ts';

const TEACHER = 'sari@sekolah.sch.id';
/** Milliseconds the sheet may take to show what the portal has; it follows within a cycle. */
const SHEET_WITHIN = 60_000;

const paper = new Paper(process.stdout);
const facts = readStackFacts(join(dirname(import.meta.dirname), '.local'));
try {
  if (facts === undefined) throw new Error('Nothing runs here. Start the stack first: npm start');
  process.exitCode = (await demo(facts)) ? 0 : 1;
} catch (error) {
  console.error(`\n  ✖ ${told(error)}`);
  process.exitCode = 1;
}

/** @returns whether all materials were analysed and are in the sheet */
async function demo(stack: StackFacts): Promise<boolean> {
  const portal = await Portal.signIn(stack, TEACHER);
  paper.line();
  paper.heading(`${portal.name} menambahkan tiga materi`, `${portal.name} adds three materials`);
  const added: Awaited<ReturnType<typeof portal.addMaterial>>[] = [];
  for (const material of demoMaterials) added.push(await portal.addMaterial(material));
  const titles = added.map(({ material }) => material.title);
  const ids = added.map(({ job }) => job.id);
  const jobs = await follow(portal, ids, progressOf(paper, titles));

  paper.line();
  paper.heading(
    'Analisis berikut ditulis oleh tiruan Gemini, bukan oleh Gemini',
    'The stand-in Gemini wrote these analyses, not Gemini',
  );
  for (const [index, { material }] of added.entries()) {
    const job = jobs[index];
    if (job === undefined) continue;
    const found = job.status === 'COMPLETED' ? await portal.analysis(material.id) : null;
    printEnd(paper, material.title, job, found);
  }
  const completed = jobs.filter(({ status }) => status === 'COMPLETED').length;
  paper.heading('Di spreadsheet katalog', 'In the sheet', stack.sheet.url);
  const rows = await waitUntil(
    async () => {
      const wanted = new Set(added.map(({ material }) => material.id));
      const found = (await readSheet(stack)).filter(({ id }) => wanted.has(id));
      const analysed = found.filter(({ aiSummary }) => aiSummary !== '');
      return found.length === added.length && analysed.length >= completed && found;
    },
    { what: 'the sheet to show the three materials', within: SHEET_WITHIN, every: 500 },
  );
  printRows(paper, rows);
  paper.line();
  const all = completed === added.length;
  const [format, mark] = all ? (['green', '✔'] as const) : (['red', '✖'] as const);
  paper.line(paper.paint(format, `${mark} ${completed} dari ${added.length} selesai`));
  paper.line(paper.paint(format, `  ${completed} of ${added.length} completed`));
  paper.line();
  return all;
}

/** Node's fetch hides why it failed in `cause`. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
