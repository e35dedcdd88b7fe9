/**
 * Runs n8n's scanner for community packages on a folder, as it does on a published package, and
 * prints what it finds: `node scan.mjs sources <checkout>`, `node scan.mjs package <unpacked>`.
 * Exits with 1 if it does not pass; the scanner's own command never does.
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
