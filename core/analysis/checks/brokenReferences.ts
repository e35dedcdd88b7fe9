import { refuse, type Answer, type Fault } from './answer.ts';

/** Ids are unique, and each id that the answer refers to exists in it. */
export function brokenReferences({ analysis }: Answer): Fault[] {
  const { evidence, objectives, quiz, cp, profile } = analysis;
  const lists = { evidence, objectives, quiz };
  const twice = Object.entries(lists).flatMap(([name, list]) => repeated(name, list));
  const options = quiz.flatMap((item, n) => repeated(`quiz.${n}.options`, item.options));
  const known = new Set(evidence.map(({ id }) => id));
  const unknown = Object.entries({ cp, objectives, profile }).flatMap(([name, list]) =>
    list.flatMap((entry, n) =>
      entry.evidence.length === 0 || entry.evidence.some((id) => !known.has(id))
        ? refuse(`${name}.${n}.evidence`, {
            id: 'Sebutkan paling sedikit satu id bukti yang ada dalam jawaban ini.',
            en: 'It names no evidence, or evidence that the answer does not have.',
          })
        : [],
    ),
  );
  const aims = new Set(objectives.map(({ id }) => id));
  const lost = quiz.flatMap(({ objective }, n) =>
    aims.has(objective)
      ? []
      : refuse(`quiz.${n}.objective`, {
          id: 'Tujuan dengan id ini tidak ada dalam jawaban.',
          en: 'The answer has no objective of this id.',
        }),
  );
  return [...twice, ...options, ...unknown, ...lost];
}

function repeated(path: string, list: ReadonlyArray<{ readonly id: string }>): Fault[] {
  const seen = new Set<string>();
  return list.flatMap(({ id }, n) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return refuse(`${path}.${n}.id`, {
      id: `Id "${id}" dipakai dua kali.`,
      en: `The id "${id}" is used twice.`,
    });
  });
}
