import { InvalidChange, type Draft } from '../draft/draft.ts';
import { slicerResource } from '../model/shapeResources.ts';
import type { AddSlicer, DeleteEmbeddedObject } from './filterMessages.ts';
import { boundedRange, toGridRange } from './gridRange.ts';

/** Adds a slicer under the caller's id, or one of ours. It is kept and answered as it is given. */
export function applyAddSlicer(draft: Draft, { slicer }: AddSlicer): object {
  const dataRange = slicer?.spec.dataRange;
  if (!slicer || !dataRange) throw new InvalidChange('A data range must be specified.');
  const ids = draft.tabs.flatMap((tab) => tab.slicers ?? []).map((one) => one.slicerId);
  const slicerId = slicer.slicerId ?? draft.generateId();
  if (ids.includes(slicerId)) {
    throw new InvalidChange(`A slicer with id ${slicerId} already exists.`);
  }
  const { tab } = boundedRange(draft, dataRange, 'dataRange');
  const spec = { ...slicer.spec, dataRange: toGridRange(dataRange) };
  const added = { slicerId, spec, position: slicer.position };
  tab.slicers = [...(tab.slicers ?? []), added];
  return { addSlicer: { slicer: slicerResource(added) } };
}

/** Slicers are the only embedded objects that the stand-in has. */
export function applyDeleteEmbeddedObject(draft: Draft, request: DeleteEmbeddedObject): object {
  const { objectId } = request;
  const tab = draft.tabs.find((one) => one.slicers?.some(({ slicerId }) => slicerId === objectId));
  if (!tab) throw new InvalidChange(`No embedded object with id: ${objectId}`);
  tab.slicers = tab.slicers?.filter(({ slicerId }) => slicerId !== objectId) ?? [];
  return {};
}
