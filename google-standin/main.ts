import { parseArgs } from 'node:util';
import { DamagedFile } from './store/jsonFile.ts';
import { startGoogle } from './index.ts';

/**
 * `node google-standin/main.ts --port N --state DIR`: runs the stand-in until SIGTERM or SIGINT.
 * Quotas are Google's unless there is `--no-quotas`. When ready it prints one line of JSON: url, spreadsheetId and the service account's key.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    state: { type: 'string' },
    'gemini-key': { type: 'string', multiple: true },
    domain: { type: 'string' },
    'no-quotas': { type: 'boolean', default: false },
  },
});

const port = Number(values.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  throw new Error(`--port ${values.port} is not a port.`);
}

const google = await startGoogle({
  port,
  quotas: values['no-quotas'] ? false : {},
  ...(values.state === undefined ? {} : { stateDir: values.state }),
  ...(values['gemini-key'] === undefined ? {} : { geminiKeys: values['gemini-key'] }),
  ...(values.domain === undefined ? {} : { hostedDomain: values.domain }),
}).catch((error: unknown) => {
  if (!(error instanceof DamagedFile)) throw error;
  console.error(error.message);
  process.exit(1);
});

const { url, spreadsheetId, serviceAccount } = google;
process.stdout.write(`${JSON.stringify({ url, spreadsheetId, serviceAccount })}\n`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void google.close().then(() => process.exit(0)));
}
