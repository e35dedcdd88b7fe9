/** Import this before the hooks of a test that needs an installed n8n. */
import { beforeAll } from '@jest/globals';
import { join } from 'node:path';
import { setUp } from './setUp.ts';

/** A guard against hanging; on a slow line n8n is installed in minutes. */
const GUARD_MS = 900_000;

beforeAll(() => setUp(join(__dirname, '..', '..', '..')), GUARD_MS);
