import { readdirSync, readFileSync } from 'node:fs';

/** Prints rows in aligned columns, the first to the left, figures to the right. */
export function printTable(header: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    widths
      .map((width, column) => {
        const cell = cells[column] ?? '';
        return column === 0 ? cell.padEnd(width) : cell.padStart(width);
      })
      .join('  ');
  const rule = widths.map((width) => '-'.repeat(width));
  console.log(['', ...[header, rule, ...rows].map(line)].join('\n'));
}

/** Median and maximum of times in ms. */
export function spread(times: readonly number[]): [median: string, max: string] {
  const sorted = [...times].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
  return [median.toFixed(0), (sorted.at(-1) ?? 0).toFixed(0)];
}

/**
 * The resident memory of processes, now and at most, with that of their children; from Linux's
 * /proc, and empty elsewhere.
 */
export function memoryTable(processes: readonly { name: string; pid: number }[]): string[][] {
  return processes.map(({ name, pid }) => {
    const family = [pid, ...childrenOf(pid)].map(memory);
    const sum = (of: 'now' | 'peak') =>
      family.reduce((total, process) => total + process[of], 0).toFixed(0);
    return [
      family.length > 1 ? `${name}, ${family.length} processes` : name,
      sum('now'),
      sum('peak'),
    ];
  });
}

function memory(pid: number): { now: number; peak: number } {
  const status = read(`/proc/${pid}/status`);
  const megabytes = (field: string) =>
    Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}

function childrenOf(pid: number): number[] {
  const own = pidsWithParent().filter(({ parent }) => parent === pid);
  return own.flatMap((child) => [child.pid, ...childrenOf(child.pid)]);
}

function pidsWithParent(): { pid: number; parent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      pid: Number(name),
      parent: Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${name}/status`))?.[1] ?? 0),
    }));
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
