import { createClient, ErrorReply } from '@redis/client';
import type { RedisPlace } from '../config/config.ts';
import type { Logger } from '../log.ts';
import { within } from './within.ts';

/** How long Redis may take, in milliseconds. A request waits for it only once: then it counts as away. */
const CONNECT_MS = 2_000;
const ANSWER_MS = 250;
const AGAIN_MS = 1_000;

type Client = ReturnType<typeof makeClient>;
type Reply = boolean | number | string;

/**
 * A connection to Redis. Redis may be away at any time, so each caller of `send` must also work without it.
 */
export interface Redis {
  readonly prefix: string;
  /** @throws Error at once while Redis is away, or after 250 ms without an answer */
  send(command: readonly string[]): Promise<Reply | Reply[]>;
  close(): void;
}

/**
 * Opens a connection to Redis, and opens it again whenever it is lost. It neither waits for Redis nor
 * throws: an instance also starts without it.
 */
export function openRedis({ url, prefix }: RedisPlace, log: Logger): Redis {
  let client: Client | undefined;
  let isReady = false;
  let isClosed = false;
  /** The connection was lost, and Redis has answered no command since. */
  let isAway = false;
  let again: NodeJS.Timeout | undefined;

  async function connect(): Promise<void> {
    const opening = makeClient(url);
    client = opening;
    opening.on('error', (error: unknown) => lose(opening, error));
    try {
      await within(CONNECT_MS, opening.connect());
      isReady = client === opening;
    } catch (error) {
      lose(opening, error);
    }
  }

  function lose(lost: Client, error: unknown): void {
    if (client !== lost) return;
    client = undefined;
    isReady = false;
    if (lost.isOpen) lost.destroy();
    if (isClosed) return;
    if (!isAway) log.warn({ reason: reasonOf(error) }, 'Redis is away: this instance counts alone');
    isAway = true;
    again = setTimeout(() => void connect(), AGAIN_MS);
  }

  void connect();
  return {
    prefix,
    async send(command) {
      const asked = client;
      if (asked === undefined || !isReady) throw new Error('Redis is away.');
      try {
        const reply = await within(ANSWER_MS, asked.sendCommand<Reply | Reply[]>(command));
        if (isAway) log.info('Redis is back');
        isAway = false;
        return reply;
      } catch (error) {
        // NOSCRIPT is a normal answer. Any other error means that Redis cannot count now. Examples: it is
        // loading its data, it has no memory left, or it has become a read-only replica.
        if (!isNoScript(error)) lose(asked, error);
        throw error;
      }
    },
    close() {
      isClosed = true;
      clearTimeout(again);
      if (client !== undefined) lose(client, undefined);
    },
  };
}

/**
 * Makes a client that does not reconnect by itself. openRedis does that, also when a connection is open but
 * silent.
 */
function makeClient(url: string) {
  return createClient({
    url,
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: false },
    disableOfflineQueue: true,
    maintNotifications: 'disabled',
  });
}

/** Whether Redis lacks a script, because it has started anew: it takes the script's text then. */
export function isNoScript(error: unknown): boolean {
  return error instanceof ErrorReply && error.message.startsWith('NOSCRIPT');
}

/** Of a refused connection Node.js sometimes gives a code and no message. */
function reasonOf(error: unknown): string {
  const { message = '', code = '' } = error as { message?: string; code?: string };
  return message || code;
}
