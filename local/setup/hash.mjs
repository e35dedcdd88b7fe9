// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One hash over files and whole folders: their names and contents, in a fixed order.
 * @param {string} root
 * @param {readonly string[]} paths relative to root; one that is missing counts as missing
 * @returns {string} hexadecimal SHA-256
 */
export function hashOf(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) addTo(hash, root, path);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} root
 * @param {string} path
 */
function addTo(hash, root, path) {
  const full = join(root, path);
  if (!existsSync(full)) {
    hash.update(`${path} is missing\0`);
  } else if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).sort()) {
      if (name !== 'node_modules') addTo(hash, root, join(path, name));
    }
  } else {
    hash.update(`${path}\0`).update(readFileSync(full)).update('\0');
  }
}
