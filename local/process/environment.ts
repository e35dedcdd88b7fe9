/** Variables of the person's own environment that every part needs, whatever else is set there. */
const KEPT = [
  ...['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'],
  ...['SystemRoot', 'XDG_CACHE_HOME', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'],
];

/**
 * The environment of a part: the little it needs of the person's own, and what the stack sets.
 * Nothing else, so that an N8N_… or DB_… of another n8n, or Jest's NODE_ENV, changes nothing here.
 */
export function partEnvironment(
  own: NodeJS.ProcessEnv,
  set: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const name of KEPT) if (own[name] !== undefined) kept[name] = own[name];
  const past = [own['NO_PROXY'] ?? own['no_proxy'] ?? '', '127.0.0.1', 'localhost'];
  const direct = past.filter((host) => host !== '').join(',');
  return { ...kept, NO_PROXY: direct, no_proxy: direct, ...set };
}
