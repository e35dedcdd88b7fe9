export { geminiCredentialTest } from './gemini.ts';
export { googleCredentialTest } from './google.ts';
export { portalCredentialTest } from './portal.ts';
