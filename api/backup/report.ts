import { awaitingAnalysis, type Comparison } from './compare.ts';
import type { SavedMaterial } from './material.ts';

/** At most this many of each kind are listed; the others are counted. */
const NAMED = 50;

/** The report of a restore, or of a dry run, for the operator. */
export function comparisonText(comparison: Comparison, isDryRun: boolean): string {
  const { added, changed, unchanged, onlyInCatalog, otherMetadata } = comparison;
  const isAre = isDryRun ? 'would be' : 'were';
  return [
    `${added.length} ${isAre} added`,
    ...named(added.map((material) => `+ ${title(material)}`)),
    `${changed.length} ${isAre} changed`,
    ...named(changed.map(({ saved, fields }) => `~ ${title(saved)}: ${fields.join(', ')}`)),
    `${awaitingAnalysis(comparison).length} of these had not been analysed: their analyses ${isAre} opened, where none is open`,
    `${unchanged.length} unchanged`,
    `${onlyInCatalog.length} only in the catalog: left as they are`,
    ...named(onlyInCatalog.map((material) => `  ${title(material)}`)),
    ...(otherMetadata.length === 0
      ? []
      : [
          `${otherMetadata.length} whose further columns read otherwise in the sheet: left as there`,
        ]),
    ...named(otherMetadata.map((material) => `  ${title(material)}`)),
    ...(isDryRun
      ? ['Nothing was written. The same without --dry-run does it.']
      : [
          'Sync carries it to the sheet: within seconds if the API runs, otherwise when it starts.',
        ]),
  ].join('\n');
}

function title({ id, title: text }: SavedMaterial): string {
  return `${id}  ${JSON.stringify(text.slice(0, 60))}`;
}

function named(lines: readonly string[]): string[] {
  const more = lines.length - NAMED;
  return [
    ...lines.slice(0, NAMED).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}
