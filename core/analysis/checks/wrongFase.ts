import { foldCase, isImpossiblePair, subjectOf } from '../../material/index.ts';
import { capaianLevelOf } from '../capaian/index.ts';
import { refuse, review, type Answer, type Fault } from './answer.ts';

/**
 * The subject exists in the Fase, and each Capaian Pembelajaran is of that Fase or of an alternative. A Fase
 * other than MATERIAL_LEVEL goes to a person: the teacher may be wrong, and agreement proves nothing.
 */
export function wrongFase({ analysis, material, written }: Answer): Fault[] {
  const { subject, level, alternatives } = analysis.classification;
  const path = 'classification.level';
  const faults: Fault[] = [];
  if (isImpossiblePair(subject, level)) {
    const message = {
      id: `${subjectOf(subject)} tidak ada pada ${level}. Periksa mata pelajaran dan fasenya.`,
      en: `${subjectOf(subject)} does not exist in ${level}.`,
    };
    const isTeachers =
      written.includes(level) &&
      foldCase(subjectOf(material.subject)) === foldCase(subjectOf(subject));
    faults.push(isTeachers ? review(path, message) : refuse(path, message));
  }
  if (written.length > 0 && !written.includes(level)) {
    faults.push(
      review(path, {
        id: `Guru menulis ${written.join(', ')}, dan analisis memilih ${level}.`,
        en: `The teacher wrote ${written.join(', ')}, and the analysis chose ${level}.`,
      }),
    );
  }
  const levels = new Set([level, ...alternatives.map((alternative) => alternative.level)]);
  if (levels.size !== alternatives.length + 1) {
    faults.push(
      refuse('classification.alternatives', {
        id: 'Sebuah fase disebut dua kali. Sebutkan setiap fase satu kali.',
        en: 'A Fase is named twice.',
      }),
    );
  }
  analysis.cp.forEach(({ id }, index) => {
    const of = capaianLevelOf(id);
    if (of === undefined || levels.has(of)) return;
    faults.push(
      refuse(`cp.${index}.id`, {
        id: `Capaian ini milik ${of}, bukan ${level}.`,
        en: `This Capaian Pembelajaran is of ${of}, not of ${level}.`,
      }),
    );
  });
  return faults;
}
