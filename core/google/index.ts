export * from './serviceAccount.ts';
export * from './sheets/index.ts';
