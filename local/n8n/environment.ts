/** The settings of an n8n process. Ports are on 127.0.0.1. */
export interface N8nSettings {
  readonly userFolder: string;
  readonly port: number;
  readonly brokerPort: number;
  readonly databaseUrl: string;
  readonly encryptionKey: string;
  readonly owner: { readonly email: string; readonly passwordHash: string };
}

/** Parts of n8n nobody here uses; without them it starts sooner and takes less memory. */
const UNUSED_MODULES = [
  ...['agents', 'instance-ai', 'chat-hub', 'mcp', 'mcp-registry', 'workflow-builder'],
  ...['external-secrets', 'source-control', 'sso-oidc', 'sso-saml', 'ldap', 'log-streaming'],
  ...['provisioning', 'token-exchange', 'otel', 'quick-connect', 'insights'],
];

/** n8n's environment: PostgreSQL, loopback only, the owner ready, and nobody is called home to. */
export function n8nEnvironment(settings: N8nSettings): Record<string, string> {
  return {
    NODE_ENV: 'production',
    N8N_USER_FOLDER: settings.userFolder,
    N8N_ENCRYPTION_KEY: settings.encryptionKey,
    ...address(settings),
    ...database(settings.databaseUrl),
    N8N_INSTANCE_OWNER_MANAGED_BY_ENV: 'true',
    N8N_INSTANCE_OWNER_EMAIL: settings.owner.email,
    N8N_INSTANCE_OWNER_PASSWORD_HASH: settings.owner.passwordHash,
    N8N_INSTANCE_OWNER_FIRST_NAME: 'Digital',
    N8N_INSTANCE_OWNER_LAST_NAME: 'Materi',
    N8N_DISABLED_MODULES: UNUSED_MODULES.join(','),
    // Its default will become false, and the package is not in n8n's list of verified ones.
    N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
    N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
    GENERIC_TIMEZONE: 'Asia/Jakarta',
    ...quiet,
  };
}

const quiet = {
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_TEMPLATES_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
  N8N_DYNAMIC_BANNERS_ENABLED: 'false',
  N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
  NO_COLOR: '1',
};

function address({ port, brokerPort }: N8nSettings): Record<string, string> {
  const url = `http://127.0.0.1:${port}/`;
  return {
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    N8N_HOST: '127.0.0.1',
    N8N_PORT: String(port),
    N8N_PROTOCOL: 'http',
    WEBHOOK_URL: url,
    N8N_EDITOR_BASE_URL: url,
    N8N_SECURE_COOKIE: 'false', // plain http, which not every browser takes for safe on 127.0.0.1
    N8N_RUNNERS_BROKER_PORT: String(brokerPort),
  };
}

function database(databaseUrl: string): Record<string, string> {
  const url = new URL(databaseUrl);
  return {
    DB_TYPE: 'postgresdb',
    DB_POSTGRESDB_HOST: url.searchParams.get('host') ?? url.hostname,
    DB_POSTGRESDB_PORT: url.port === '' ? '5432' : url.port,
    DB_POSTGRESDB_DATABASE: decodeURIComponent(url.pathname.slice(1)),
    DB_POSTGRESDB_USER: decodeURIComponent(url.username),
    DB_POSTGRESDB_PASSWORD: decodeURIComponent(url.password),
    ...encryption(url.searchParams.get('sslmode') ?? 'disable'),
  };
}

/** libpq's sslmode for n8n, which takes any DB_POSTGRESDB_SSL_… variable as a wish for TLS. */
function encryption(mode: string): Record<string, string> {
  if (['disable', 'allow', 'prefer'].includes(mode)) return {};
  return {
    DB_POSTGRESDB_SSL_ENABLED: 'true',
    DB_POSTGRESDB_SSL_REJECT_UNAUTHORIZED: String(mode.startsWith('verify')),
  };
}
