export { FACETS, readFilters, type Facet, type Filters } from './facets.ts';
export {
  catalogState,
  countMatches,
  countWords,
  findBest,
  findNewest,
  readSearch,
  type Correction,
  type Counts,
  type Found,
  type RankedPosition,
} from './repository.ts';
