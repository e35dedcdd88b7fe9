import { refuse, type Answer, type Fault } from './answer.ts';

/** At least one quiz item measures each objective. */
export function uncoveredObjectives({ analysis }: Answer): Fault[] {
  const measured = new Set(analysis.quiz.map(({ objective }) => objective));
  return analysis.objectives.flatMap(({ id }, index) =>
    measured.has(id)
      ? []
      : refuse(`objectives.${index}`, {
          id: 'Tujuan ini tidak diukur oleh satu soal pun. Tambahkan soal untuk tujuan ini.',
          en: 'No quiz item measures this objective.',
        }),
  );
}
