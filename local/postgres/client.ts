import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { aborted } from '../process/aborted.ts';

/** How long a connection and each of its queries may take, and how it is broken off. */
export interface Patience {
  /** Milliseconds. */
  readonly within: number;
  readonly signal?: AbortSignal | undefined;
}

/** How long a server may take to close a connection, in milliseconds; it is not waited for longer. */
const CLOSE_WITHIN = 500;

/** Connects, does the work and closes; a server that never answers is given up in time. */
export async function withClient<T>(
  server: string,
  { within, signal }: Patience,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: server,
    connectionTimeoutMillis: within,
    query_timeout: within,
  });
  // Without a listener, a connection that is cut while idle would end this process.
  client.on('error', () => undefined);
  try {
    return await Promise.race([client.connect().then(() => work(client)), aborted(signal)]);
  } finally {
    await Promise.race([
      client.end().catch(() => undefined),
      pause(CLOSE_WITHIN, undefined, { ref: false }),
    ]);
  }
}
