import { prepareCommand } from './prepare.ts';

process.exitCode = await prepareCommand(process.argv.slice(2), process.env, (text) =>
  process.stdout.write(`${text}\n`),
);
