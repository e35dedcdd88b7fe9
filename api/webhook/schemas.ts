import { z } from 'zod/v4';
import { answeredJobSchema } from '../jobs/schemas.ts';

/** The job of an event; for `trigger.started`, how many jobs a former trigger gave back. */
export const eventAnswerSchema = z.union([
  z.strictObject({ job: answeredJobSchema }),
  z.strictObject({ released: z.int() }),
]);

export const acceptedSchema = z.strictObject({ accepted: z.literal(true) });
