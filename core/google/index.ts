export * from './serviceAccount.ts';
