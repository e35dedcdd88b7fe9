import { v7 as uuidv7 } from 'uuid';
import { materialIdSchema, type MaterialId } from '../../core/index.ts';

export function newMaterialId(): MaterialId {
  return materialIdSchema.parse(uuidv7());
}
