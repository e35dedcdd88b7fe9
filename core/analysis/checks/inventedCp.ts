import { LEVELS } from '../../material/index.ts';
import { capaianOf } from '../capaian/index.ts';
import { refuse, type Answer, type Fault } from './answer.ts';

/** Refuses an id that is not in the subject's list. It cannot see that an id of the list does not fit the material. */
export function inventedCp({ analysis }: Answer): Fault[] {
  const { subject } = analysis.classification;
  const known = new Set(LEVELS.flatMap((level) => capaianOf(subject, level)).map(({ id }) => id));
  const seen = new Set<string>();
  return analysis.cp.flatMap(({ id }, index) => {
    const path = `cp.${index}.id`;
    if (!known.has(id)) {
      return refuse(path, {
        id: 'Capaian ini tidak ada dalam daftar mata pelajaran itu. Pilih dari daftar, atau hapus.',
        en: 'This Capaian Pembelajaran is not in the list of the subject.',
      });
    }
    if (seen.has(id)) {
      return refuse(path, {
        id: 'Capaian ini disebut dua kali. Sebutkan satu kali.',
        en: 'This Capaian Pembelajaran is named twice.',
      });
    }
    seen.add(id);
    return [];
  });
}
