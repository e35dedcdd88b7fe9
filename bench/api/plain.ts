/**
 * The server that most people would write: Express and a pool of pg, with named statements and
 * `res.json`. It has no sign-in, no limits, no log, no history and no dispatch.
 */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod/v4';
import { newMaterialSchema } from '../../core/index.ts';

const [databaseUrl = ''] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 });
const app = express();
app.use(express.json());

app.get('/api/jobs/:id', async (req, res) => {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'job',
    text: 'select * from jobs where id = $1',
    values: [req.params.id],
  });
  res.json(rows[0]);
});

const pageSchema = z.object({ limit: z.coerce.number(), cursor: z.string().optional() });

app.get('/api/materials', async (req, res) => {
  const { limit, cursor } = pageSchema.parse(req.query);
  const after = cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString('utf8');
  const [createdAt, id] =
    after === null ? [null, null] : z.tuple([z.string(), z.string()]).parse(JSON.parse(after));
  const { rows } = await pool.query<Record<string, unknown>>({
    name: createdAt === null ? 'first page' : 'later page',
    text: `select id, subject, title, left(description, 300) as description, type, level, theme,
        subtheme, url, ai_summary, ai_status, ai_source, created_at, updated_at, archived_at
      from materials where deleted_at is null and archived_at = ''
        ${createdAt === null ? '' : 'and (created_at, id) < ($2, $3)'}
      order by created_at desc, id desc limit $1`,
    values: [limit, ...(createdAt === null ? [] : [createdAt, id])],
  });
  res.json({ items: rows });
});

app.post('/api/materials', async (req, res) => {
  const { metadata, ...fields } = newMaterialSchema.parse(req.body);
  const { subject, title, description, type, level } = fields;
  const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
  const client = await pool.connect();
  try {
    await client.query('begin');
    const material = await client.query<{ id: string }>({
      name: 'new material',
      text: `insert into materials (id, subject, title, description, type, level, metadata, text_hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8) returning *`,
      values: [uuidv7(), subject, title, description, type, level, metadata, hash],
    });
    // `ended`, so that the API does not dispatch this job.
    const job = await client.query({
      name: 'new job',
      text: `insert into jobs (id, material_id, kind, status, stage, text_hash, claim_deadline, ended_at)
        values ($1, $2, 'analyze', 'COMPLETED', 'ended', $3, now(), now()) returning *`,
      values: [uuidv7(), material.rows[0]?.id, hash],
    });
    await client.query('commit');
    res.status(201).json({ material: material.rows[0], job: job.rows[0] as unknown });
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
});

const server = app.listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
