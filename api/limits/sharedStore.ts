import { createHash } from 'node:crypto';
import { MemoryStore, type Options, type Store } from 'express-rate-limit';
import { RedisStore, type RedisReply } from 'rate-limit-redis';
import { isNoScript, type Redis } from '../redis/connect.ts';

/** The counts of all instances in Redis. While Redis is away, the counts of this instance decide. */
export class SharedStore implements Store {
  readonly prefix: string;
  readonly #shared: RedisStore;
  readonly #own = new MemoryStore();

  /** @param name of the limit; limits have separate counts */
  constructor(redis: Redis, name: string) {
    this.prefix = `${redis.prefix}limit:${name}:`;
    this.#shared = new CountingStore(this.prefix, redis);
  }

  init(options: Options): Promise<void> {
    this.#own.init(options);
    return this.#shared.init(options);
  }

  /** Counts here too, so that a flood stays limited when Redis goes away. */
  async increment(key: string) {
    // MemoryStore goes on counting in the object that it gives.
    const own = { ...(await this.#own.increment(key)) };
    return this.#shared.increment(key).catch(() => own);
  }

  async decrement(key: string): Promise<void> {
    await this.#own.decrement(key);
    await this.#shared.decrement(key).catch(() => undefined);
  }

  async resetKey(key: string): Promise<void> {
    await this.#own.resetKey(key);
    await this.#shared.resetKey(key).catch(() => undefined);
  }
}

/**
 * Redis deletes a count at the end of its minute. DECR alone would then make a new count of -1 that never
 * ends.
 */
const DECREMENT = `
if tonumber(redis.call('GET', KEYS[1]) or 0) > 0 then return redis.call('DECR', KEYS[1]) end
return 0`;

class CountingStore extends RedisStore {
  constructor(prefix: string, redis: Redis) {
    super({ prefix, sendCommand: withScripts(redis) });
  }

  override async decrement(key: string): Promise<void> {
    const name = this.prefixKey(key);
    const command = ['EVAL', DECREMENT, '1', name];
    await this.sendCommand({ key: name, isReadOnly: false, command });
  }
}

/**
 * Sends commands to Redis, and loads scripts late. RedisStore loads its scripts in its constructor; if
 * Redis is away at that moment, the store never counts. So this function answers SCRIPT LOAD itself, with
 * the script's hash. Redis gets the script's text when it does not know the hash.
 */
function withScripts(redis: Redis): (...command: string[]) => Promise<RedisReply> {
  const scripts = new Map<string, string>();
  return async (...command) => {
    const [verb, name = '', script = ''] = command;
    if (verb === 'SCRIPT' && name === 'LOAD') {
      const hash = createHash('sha1').update(script).digest('hex');
      scripts.set(hash, script);
      return hash;
    }
    try {
      return await redis.send(command);
    } catch (error) {
      const text = scripts.get(name);
      if (!isNoScript(error) || text === undefined) throw error;
      return redis.send(['EVAL', text, ...command.slice(2)]);
    }
  };
}
