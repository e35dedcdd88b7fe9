import { errorCode } from '../../google-standin/store/errorCode.ts';
import { withClient, type Patience } from './client.ts';
import { databaseName, ensureDatabases, type Databases } from './databases.ts';
import { OLDEST_FOR_API, OLDEST_FOR_N8N } from './versions.ts';

/** How long the server of DATABASE_URL may take to answer, in milliseconds. */
const ANSWER_WITHIN = 10_000;

const FORM = 'postgres://user:password@host:5432/database';

/** The server that DATABASE_URL names, with what a person should know about it. */
export interface NamedServer {
  readonly databases: Databases;
  readonly major: number;
  readonly warning?: string;
}

/**
 * Looks at the server that DATABASE_URL names and makes n8n's database beside the one named.
 * @throws Error that names the variable, says what is wrong and what to do, never the password
 */
export async function useNamedServer(
  databaseUrl: string,
  signal: AbortSignal | undefined,
): Promise<NamedServer> {
  const url = parsed(databaseUrl);
  const patience = { within: ANSWER_WITHIN, signal };
  try {
    const databases = await ensureDatabases(databaseUrl, patience);
    const major = await majorVersion(databaseUrl, patience);
    for (const each of [databases.materi, databases.n8n]) await checkRights(each, patience);
    return { databases, major, ...warningFor(major) };
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw new Error(`DATABASE_URL: ${fault(error, url)}`, { cause: error });
  }
}

function parsed(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (url === undefined || !['postgres:', 'postgresql:'].includes(url.protocol)) {
    throw new Error(
      `DATABASE_URL is not of the form ${FORM}. In the user and the password, write characters ` +
        'such as @, / and # percent-encoded (@ is %40).',
    );
  }
  if (url.pathname.length < 2) {
    throw new Error(`DATABASE_URL names no database. Its form is ${FORM}.`);
  }
  try {
    for (const part of [url.username, url.password, url.hostname, url.pathname]) {
      decodeURIComponent(part);
    }
  } catch {
    throw new Error(
      'DATABASE_URL has a % that does not begin an encoded character. Write the character % as %25.',
    );
  }
  return url;
}

async function majorVersion(server: string, patience: Patience): Promise<number> {
  const { rows } = await withClient(server, patience, (client) =>
    client.query<{ version: string }>(`select current_setting('server_version_num') as version`),
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  if (major < OLDEST_FOR_API) {
    throw new Error(
      `its server is PostgreSQL ${major}. The API needs ${OLDEST_FOR_API} or newer, n8n ` +
        `${OLDEST_FOR_N8N} or newer. Name a newer server.`,
    );
  }
  return major;
}

function warningFor(major: number): { warning?: string } {
  if (major >= OLDEST_FOR_N8N) return {};
  return {
    warning:
      `DATABASE_URL names PostgreSQL ${major}. The API supports ${OLDEST_FOR_API} and newer, but ` +
      `n8n supports only ${OLDEST_FOR_N8N} and newer. It runs; plan to upgrade the server.`,
  };
}

/** The migrations of the API and of n8n make tables. */
async function checkRights(url: string, patience: Patience): Promise<void> {
  const { rows } = await withClient(url, patience, (client) =>
    client.query<{ may: boolean | null; role: string }>(
      `select has_schema_privilege(current_schema(), 'CREATE') as may, current_user as role`,
    ),
  );
  if (rows[0]?.may === true) return;
  throw new Error(
    `the role "${rows[0]?.role}" may not make tables in database "${databaseName(url)}". Make it ` +
      'the owner: ALTER DATABASE … OWNER TO …',
  );
}

/** The fault, and what to do. */
function fault(error: unknown, url: URL): string {
  const where = `${url.searchParams.get('host') ?? url.hostname}:${url.port || '5432'}`;
  const message = error instanceof Error ? error.message : String(error);
  const code = errorCode(error) ?? '';
  if (code === 'ECONNREFUSED') {
    return `nothing listens at ${where}. Start PostgreSQL there, or correct the host and the port.`;
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `the host ${url.hostname} cannot be found. Correct it, or check the network.`;
  }
  if (['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE'].includes(code)) {
    return `${where} cannot be reached (${code}). Check the host, the port and the network.`;
  }
  if (code === 'ENOENT' || code === 'EACCES' || code === 'EISDIR') {
    // pg reads the files of the certificates itself; all other paths are those of a socket.
    return message.includes('connect ')
      ? `PostgreSQL has no socket there that can be used (${message}). Start it, or correct the host.`
      : `a file that it names cannot be read: ${message}. Correct sslrootcert, sslcert and sslkey.`;
  }
  if (code.startsWith('28')) {
    return `PostgreSQL at ${where} does not let the user in: ${message}. Correct the user and the password.`;
  }
  if (code === '3D000') {
    return `${message} at ${where}. Create it (createdb), or correct the name.`;
  }
  if (/timeout/i.test(message)) {
    return (
      `${where} takes the connection but does not answer within ${ANSWER_WITHIN / 1000} s. ` +
      'Check that PostgreSQL runs there, and the port.'
    );
  }
  if (/terminated unexpectedly/.test(message)) {
    return `${where} closed the connection. Check that PostgreSQL listens there, and the port.`;
  }
  return message;
}
