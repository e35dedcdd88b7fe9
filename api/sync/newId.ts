import { v7 as uuidv7 } from 'uuid';
import { materialId, type MaterialId } from '../../core/index.ts';

export function newMaterialId(): MaterialId {
  return materialId.parse(uuidv7());
}
