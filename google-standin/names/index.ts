import { messages as driveMessages, parameters as driveParameters } from './drive.ts';
import { messages as geminiMessages, parameters as geminiParameters } from './gemini.ts';
import { Names } from './names.ts';
import { messages as sheetsMessages, parameters as sheetsParameters } from './sheets.ts';

export { fieldPaths, refuseUnknownFields, unknownPaths } from './masks.ts';
export {
  booleanParameter,
  integerParameter,
  refuseLackingParameters,
  refuseUnknownParameters,
} from './query.ts';
export { parseKnown, readBody, readParsed } from './readMessage.ts';
export { googleBooleanSchema, googleEnum } from './scalars.ts';

export const sheetsNames = new Names('google.apps.sheets.v4', sheetsMessages, sheetsParameters);
export const driveNames = new Names('google.apps.drive.v3', driveMessages, driveParameters);
export const geminiNames = new Names(
  'google.ai.generativelanguage.v1beta',
  geminiMessages,
  geminiParameters,
);
