/**
 * Runs n8n's scanner for community packages on a folder, and prints its findings. Run `node scan.mjs
 * sources <checkout>` or `node scan.mjs package <unpacked>`. Exits with 1 if it does not pass; the
 * scanner's own command never does.
 */
import {
  analyzePackage,
  SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [what, folder] = process.argv.slice(2);
const patterns = what === 'sources' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
const { passed, message, details } = await analyzePackage(folder, patterns);
if (!passed) {
  console.error(details ?? message);
  process.exitCode = 1;
}
