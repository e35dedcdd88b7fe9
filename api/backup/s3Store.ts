import type { BackupLocation } from '../config/backupLocation.ts';
import type { BackupStore } from './store.ts';

/** A request is repeated after so much silence of the server; in milliseconds. */
const SILENCE = { connectionTimeout: 10_000, socketTimeout: 30_000 };

/** How often a request is sent at most; all of it within the store's deadline. */
const ATTEMPTS = 3;

/**
 * Opens a bucket. The AWS SDK finds keys, region and endpoint in its usual places: `AWS_REGION`,
 * `AWS_PROFILE`, a task's role, `AWS_ENDPOINT_URL_S3`.
 */
export async function openS3(
  { bucket, prefix }: BackupLocation & { kind: 's3' },
  where: string,
  pathStyle: boolean,
): Promise<BackupStore> {
  // Loaded only where it is used: the client is the largest thing the API would load at its start.
  const {
    DeleteObjectCommand,
    GetObjectCommand,
    NoSuchKey,
    paginateListObjectsV2,
    PutObjectCommand,
    S3Client,
  } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    forcePathStyle: pathStyle,
    maxAttempts: ATTEMPTS,
    requestHandler: SILENCE,
  });
  const breakOff = (abortSignal?: AbortSignal) => (abortSignal ? { abortSignal } : {});
  const root = prefix === '' ? '' : `${prefix}/`;
  const at = (key: string) => ({ Bucket: bucket, Key: root + key });

  return {
    where,

    async put(key, body, abortSignal) {
      await client.send(new PutObjectCommand({ ...at(key), Body: body }), breakOff(abortSignal));
    },

    async get(key, abortSignal) {
      try {
        const { Body } = await client.send(new GetObjectCommand(at(key)), breakOff(abortSignal));
        return Body === undefined ? null : Buffer.from(await Body.transformToByteArray());
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },

    async keys(start, abortSignal) {
      const keys: string[] = [];
      const query = { Bucket: bucket, Prefix: root + start };
      for await (const page of paginateListObjectsV2({ client }, query, breakOff(abortSignal))) {
        abortSignal?.throwIfAborted();
        for (const { Key } of page.Contents ?? []) {
          if (Key !== undefined) keys.push(Key.slice(root.length));
        }
      }
      return keys;
    },

    async remove(key, abortSignal) {
      await client.send(new DeleteObjectCommand(at(key)), breakOff(abortSignal));
    },
  };
}
