/**
 * The health check of a container: `node healthcheck.mjs <URL>`. It ends with exit code 0 if the URL
 * answers 200 to 299 within four seconds, otherwise with 1. Node.js runs it, because an image need
 * not have curl or wget.
 */
const PATIENCE_MS = 4_000;

try {
  const { ok, status } = await fetch(process.argv[2], {
    redirect: 'manual',
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  console.log(`status ${status}`);
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  console.error(error.cause?.message ?? error.message);
  process.exitCode = 1;
}
