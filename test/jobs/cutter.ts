import type { KyselyPlugin, PluginTransformQueryArgs, PluginTransformResultArgs } from 'kysely';
import type pg from 'pg';

/** Ends every connection that is within a transaction, as a restart of PostgreSQL does. */
const CUT = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
  where datname = current_database() and state = 'idle in transaction'`;

/** Cuts the connection of a transaction after so many of its statements. */
export class Cutter implements KyselyPlugin {
  readonly #client: pg.Client;
  #left = Infinity;

  constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @param statements Infinity: the connection is not cut */
  arm(statements: number): void {
    this.#left = statements;
  }

  transformQuery({ node }: PluginTransformQueryArgs) {
    return node;
  }

  async transformResult({ result }: PluginTransformResultArgs) {
    this.#left -= 1;
    if (this.#left === 0) await this.#client.query(CUT);
    return result;
  }
}
