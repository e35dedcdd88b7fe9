import { z } from 'zod/v4';
import { userSchema } from '../auth/schemas.ts';
import { userIdSchema } from '../db/ids.ts';
import { ROLES } from '../db/schema.ts';
import { pageSchema } from '../http/page.ts';

export const userParamsSchema = z.object({
  id: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number)
    .pipe(userIdSchema),
});
export const roleBodySchema = z.strictObject({ role: z.enum(ROLES) });

/** A person as admins see them. */
export const listedUserSchema = z
  .strictObject({
    ...userSchema.shape,
    createdAt: z.iso.datetime(),
    /** Null: the account is enabled. */
    disabledAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListedUser' });
export type ListedUser = z.infer<typeof listedUserSchema>;
export const userPageSchema = pageSchema(listedUserSchema);
export const changedUserSchema = z.strictObject({ user: listedUserSchema });

/** An action in the audit log. */
const auditEntrySchema = z
  .strictObject({
    id: z.int(),
    at: z.iso.datetime(),
    /** `user:<id>`, `service:<name>` or `portal`. */
    actor: z.string(),
    /** Such as `user.role_changed`. */
    action: z.string(),
    /** `material:<id>`, `job:<id>`, `user:<id>`, `catalog`. */
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = pageSchema(auditEntrySchema);
