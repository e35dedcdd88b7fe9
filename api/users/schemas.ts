import { z } from 'zod/v4';
import { userSchema } from '../auth/schemas.ts';
import { inviteIdSchema, userIdSchema } from '../db/ids.ts';
import { ROLES } from '../db/schema.ts';
import { pageSchema } from '../http/page.ts';
import { lowerAscii } from '../lowerAscii.ts';

const numberInPath = z
  .string()
  .regex(/^[1-9]\d{0,14}$/)
  .transform(Number);

export const userParamsSchema = z.object({ id: numberInPath.pipe(userIdSchema) });
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

/** An address as ADMIN_EMAILS has it: A to Z count as a to z, and no other letter does. */
export const inviteBodySchema = z.strictObject({
  email: z
    .string()
    .max(320)
    .transform(lowerAscii)
    .pipe(z.email({ error: 'is not an e-mail address' })),
  role: z.enum(ROLES).default('teacher'),
});
export type InviteBody = z.infer<typeof inviteBodySchema>;
export const inviteParamsSchema = z.object({ id: numberInPath.pipe(inviteIdSchema) });

/** An invite: its address may sign in for the first time. */
const inviteSchema = z
  .strictObject({
    id: inviteIdSchema,
    email: z.string(),
    /** The role that the person gets. */
    role: z.enum(ROLES),
    /** The admin. Null: the admin is not a user any more. */
    invitedBy: userIdSchema.nullable(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** Null: nobody has used it. */
    usedAt: z.iso.datetime().nullable(),
    usedBy: userIdSchema.nullable(),
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof inviteSchema>;
export const invitePageSchema = pageSchema(inviteSchema);
export const createdInviteSchema = z.strictObject({ invite: inviteSchema });

/** An action in the audit log. */
const auditEntrySchema = z
  .strictObject({
    id: z.int(),
    at: z.iso.datetime(),
    /** `user:<id>`, `service:<name>`, `portal` or `google`. */
    actor: z.string(),
    /** Such as `user.role_changed`. */
    action: z.string(),
    /** `material:<id>`, `job:<id>`, `content:<id>`, `user:<id>`, `invite:<id>`, `catalog`, `portal`. */
    subject: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = pageSchema(auditEntrySchema);
