export { oneLine, preparationText, rowList, type Wording } from './preparationText.ts';
