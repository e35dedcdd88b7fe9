import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as N8nWorkflow from 'n8n-workflow';
import * as z from 'zod/v4-mini';

type Helpers = Pick<typeof N8nWorkflow, 'NodeHelpers'>;

const require = createRequire(join(process.cwd(), 'package.json'));

const isHelpers = (one: unknown) => typeof one === 'object' && one !== null && 'NodeHelpers' in one;

/**
 * n8n's own rules for parameters. Node.js cannot import the ES module of n8n-workflow 2.41: it imports files
 * without their ending.
 */
export const { NodeHelpers } = z.custom<Helpers>(isHelpers).parse(require('n8n-workflow'));
