import type { Analysis } from '../../core/index.ts';

interface Changes {
  readonly quote: string;
  /** For the teacher. */
  readonly summary: string;
  readonly classification: Analysis['classification'];
}

/** An analysis that passes core's checks for a material with this quote in its description. */
export function anAnalysis({ quote, summary, classification }: Changes): Analysis {
  return {
    evidence: [{ id: 'e1', field: 'description', quote, claim: quote }],
    status: 'lengkap',
    missing: [],
    summary: { teacher: summary, student: 'Tumbuhan membuat makanan dari cahaya.' },
    classification,
    cp: [],
    objectives: [
      {
        id: 'o1',
        text: 'Murid dapat menjelaskan fotosintesis.',
        bloom: 'C2',
        evidence: ['e1'],
      },
    ],
    profile: [{ dimension: 'penalaran kritis', evidence: ['e1'] }],
    keyConcepts: [{ term: 'fotosintesis', meaning: 'cara tumbuhan membuat makanan' }],
    misconceptions: [
      { misconception: 'Tumbuhan makan tanah.', correction: 'Tunjukkan peran cahaya.' },
    ],
    quiz: [
      {
        id: 'q1',
        objective: 'o1',
        form: 'PG',
        cognitive: 'L1',
        stem: 'Apa yang dibuat daun?',
        options: [
          { id: 'a', text: 'makanan', correct: true },
          { id: 'b', text: 'tanah', correct: false },
          { id: 'c', text: 'hujan', correct: false },
        ],
        explanation: 'Daun membuat makanan.',
      },
    ],
    differentiation: { support: 'Dengan gambar.', core: 'Berpasangan.', extension: 'Sendiri.' },
    safety: [{ hazard: 'Gunting.', precaution: 'Awasi murid.' }],
  };
}
