import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/v4-mini';
import type { GoogleStandIn } from '../index.ts';
import { driveClient, sheetsClient } from '../../test/harness/google/clients.ts';
import { addFault, dump, until } from '../../test/harness/google/controls.ts';

let state: string;
let running: ChildProcess[] = [];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'google-stand-in-'));
});

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running = [];
  rmSync(state, { recursive: true });
});

const readySchema = z.object({
  url: z.string(),
  spreadsheetId: z.string(),
  serviceAccount: z.custom<GoogleStandIn['serviceAccount']>(),
});

async function start() {
  const main = join(process.cwd(), 'google-standin/main.ts');
  const child = spawn(process.execPath, [main, '--port', '0', '--state', state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const google = z.parse(readySchema, JSON.parse(line));
    return { child, google: { ...google, close: () => Promise.resolve() } };
  }
  throw new Error('The stand-in ended before it was ready.');
}

/** Starts it with a state that it cannot use. @returns what it printed, once it has ended */
async function refusal(): Promise<string> {
  const main = join(process.cwd(), 'google-standin/main.ts');
  const child = spawn(process.execPath, [main, '--port', '0', '--state', state]);
  running.push(child);
  let text = '';
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (chunk: Buffer) => (text += chunk.toString()));
  }
  await once(child, 'close');
  expect(child.exitCode).toBe(1);
  return text;
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT') {
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

const write = (google: GoogleStandIn, row: number) =>
  sheetsClient(google).spreadsheets.batchUpdate({
    spreadsheetId: google.spreadsheetId,
    requestBody: {
      requests: [
        { addSheet: {} },
        {
          updateCells: {
            start: { sheetId: 0, rowIndex: row, columnIndex: 0 },
            rows: [{ values: [{ userEnteredValue: { stringValue: `baris ${row}` } }] }],
            fields: 'userEnteredValue',
          },
        },
      ],
    },
  });

describe('the state', () => {
  it('has every write that was answered after a SIGKILL, ids and version included', async () => {
    const first = await start();
    for (let row = 0; row < 5; row++) await write(first.google, row);
    const before = await dump(first.google, first.google.spreadsheetId);
    await end(first.child, 'SIGKILL');
    // What a kill in the middle of a write leaves: half a line that nobody was answered for.
    appendFileSync(join(state, 'log.jsonl'), '{"sequence":99,"entry":{"kind":"batch');
    const second = await start();
    expect(second.google.spreadsheetId).toBe(first.google.spreadsheetId);
    expect(await dump(second.google, second.google.spreadsheetId)).toEqual(before);
    await write(second.google, 5);
    await end(second.child, 'SIGKILL');
    const third = await start();
    const values = (await dump(third.google, third.google.spreadsheetId)).tabs[0]?.values;
    expect(values?.at(-1)).toEqual(['baris 5']);
  });

  it('keeps the keys: what was signed before a restart is accepted after it', async () => {
    const first = await start();
    await end(first.child, 'SIGKILL');
    const second = await start();
    const { serviceAccount } = first.google;
    const google = { ...second.google, serviceAccount };
    const { data } = await driveClient(google).files.get({ fileId: google.spreadsheetId });
    expect(data.name).toBe('Katalog Materi');
    const keys = async ({ url }: { url: string }): Promise<unknown> =>
      (await fetch(`${url}/oauth2/v3/certs`)).json();
    const third = await start();
    expect(await keys(third.google)).toEqual(await keys(second.google));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'is saved on %s, which ends it within a second though a request is held',
    async (signal) => {
      const { child, google } = await start();
      await write(google, 0);
      await addFault(google, { service: 'sheets', kind: 'hold' });
      const held = sheetsClient(google).spreadsheets.get({ spreadsheetId: google.spreadsheetId });
      const gone = held.then(
        () => 'answered',
        () => 'cut off',
      );
      await until(async () =>
        (await (await fetch(`${google.url}/stand-in/faults`)).text()).includes('"waiting": 1'),
      );
      const before = await dump(google, google.spreadsheetId);
      const start_ = performance.now();
      await end(child, signal);
      expect(performance.now() - start_).toBeLessThan(1000);
      expect(child.exitCode).toBe(0);
      expect(await gone).toBe('cut off');
      const again = await start();
      expect(await dump(again.google, again.google.spreadsheetId)).toEqual(before);
    },
  );

  const cut = (text: string) => text.slice(0, text.length / 2);
  const spoilt = (text: string) => text.replaceAll(',', '');
  it.each([
    ['keys.json', 'cut short', cut, 'it is not JSON', 'new keys are made at the next start'],
    ['keys.json', 'empty', () => '', 'it is empty', 'new keys are made at the next start'],
    ['keys.json', 'not JSON', spoilt, 'it is not JSON', 'new keys are made at the next start'],
    ['keys.json', 'of another form', () => '{}', 'its field', 'new keys are made'],
    ['snapshot.json', 'cut short', cut, 'it is not JSON', 'Put it back from a backup'],
    ['snapshot.json', 'empty', () => '', 'it is empty', 'Put it back from a backup'],
    ['snapshot.json', 'not JSON', spoilt, 'it is not JSON', 'Put it back from a backup'],
    ['snapshot.json', 'of another form', () => '{}', 'its field', 'Put it back from a backup'],
    ['log.jsonl', 'not JSON', spoilt, 'it has a line', 'Put it back from a backup'],
    ['log.jsonl', 'of another form', () => '{}\n', 'it has a line', 'Put it back from a backup'],
  ])(
    'is refused and left as it is when %s is %s, and no value of it is printed',
    async (name, _, damage, fault, advice) => {
      const { child, google } = await start();
      await write(google, 0);
      await end(child, name === 'log.jsonl' ? 'SIGKILL' : 'SIGTERM');
      const file = join(state, name);
      const damaged = damage(readFileSync(file, 'utf8'));
      writeFileSync(file, damaged);
      const text = await refusal();
      expect(text).toContain(`${file} cannot be used: ${fault}`);
      expect(text).toContain(advice);
      expect(text).not.toMatch(/PRIVATE KEY|baris 0|^ {4}at /m);
      expect(readFileSync(file, 'utf8')).toBe(damaged);
    },
  );
});
