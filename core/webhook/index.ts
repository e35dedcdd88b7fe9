export {
  EVENT_TYPES,
  FAILURE_CODES,
  jobEventSchema,
  jobFailureSchema,
  jobIdSchema,
  jobKindSchema,
  LONGEST_AGE_MS,
  n8nEventSchema,
  portalEventSchema,
  type EventType,
  type FailureCode,
  type JobEvent,
  type JobFailure,
  type JobId,
  type JobKind,
  type N8nEvent,
  type PortalEvent,
  type TriggerStarted,
} from './events.ts';
export { FAILURE_TEXT } from './failureText.ts';
export {
  readSignature,
  sign,
  SignatureError,
  verify,
  type Secrets,
  type SignedHeaders,
} from './signature.ts';
