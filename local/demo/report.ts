import { secondsOf, shareDone } from './follow.ts';
import { cut, type Paper } from './paper.ts';
import type { Analysis, Job } from './portal.ts';
import type { SheetRow } from './sheet.ts';

const FORMATS = { PROCESSING: 'yellow', COMPLETED: 'green', FAILED: 'red' } as const;

/** One line for each job: a bar on a terminal, a plain line when it changes anywhere else. */
export function progressOf(
  paper: Paper,
  titles: readonly string[],
): (jobs: readonly Job[]) => void {
  const told = new Map<string, string>();
  return (jobs) => {
    const lines = jobs.map((job, index) => {
      const seconds = `${secondsOf(job).toFixed(1)} s`.padStart(7);
      const bar = paper.live ? `${paper.bar(shareDone(job))} ` : '';
      return `${bar}${seconds}  ${cut(titles[index] ?? '', 46)}  ${paper.paint(FORMATS[job.status], job.status)}`;
    });
    if (paper.live) {
      paper.redraw(lines);
      return;
    }
    jobs.forEach((job, index) => {
      const state = `${job.status} ${shareDone(job)}`;
      if (told.get(job.id) !== state) paper.line(lines[index]);
      told.set(job.id, state);
    });
  };
}

/** Prints the end of one material's job: its analysis, or why there is none. */
export function printEnd(paper: Paper, title: string, job: Job, found: Analysis | null): void {
  const end = `${job.status}, ${secondsOf(job).toFixed(1)} s`;
  paper.line(`${paper.paint('bold', title)}  ${paper.paint(FORMATS[job.status], end)}`);
  if (job.error !== null) {
    paper.field('Sebab', job.error.message.id);
    paper.field('Reason', job.error.message.en);
  }
  if (found !== null) printAnalysis(paper, found);
  paper.line();
}

function printAnalysis(paper: Paper, found: Analysis): void {
  paper.field('Ringkasan', found.summary.teacher);
  paper.field('Konsep', found.keyConcepts.map(({ term }) => term).join(' · '));
  for (const [index, { text }] of found.objectives.entries()) {
    paper.field(index === 0 ? 'Tujuan' : '', `• ${text}`);
  }
  paper.field('Tingkat', `${found.classification.level}, ${found.status}`);
  const [item] = found.quiz;
  if (item !== undefined) paper.field('Soal', item.stem);
  const [evidence] = found.evidence;
  if (evidence !== undefined) paper.field('Bukti', `“${evidence.quote}”`);
}

/** Prints rows of the sheet. */
export function printRows(paper: Paper, rows: readonly SheetRow[]): void {
  const summaryRoom = Math.max(20, paper.width - 72);
  const columns = (row: string, subject: string, title: string, level: string, status: string) =>
    `${row.padStart(4)}  ${cut(subject, 12)}  ${cut(title, 26)}  ${cut(level, 6)}  ${cut(status, 9)}`;
  const head = columns('row', 'SUBJECT_NAME', 'MATERIAL_TITLE', 'LEVEL', 'AI_STATUS');
  paper.line(paper.paint('dim', `${head}  AI_SUMMARY`));
  for (const { row, subject, title, level, aiStatus, aiSummary } of rows) {
    const start = columns(String(row), subject, title, level, aiStatus);
    paper.line(`${start}  ${cut(aiSummary, summaryRoom)}`);
  }
}
