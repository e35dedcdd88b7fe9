import { readFileSync } from 'node:fs';

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** A stage begins with FROM. */
export interface Stage {
  readonly from: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** `COPY [--from=…] source… target`. */
export interface Copy {
  /** Null: the sources are in the repository. */
  readonly stage: string | null;
  readonly sources: readonly string[];
  readonly target: string;
}

/** Reads the stages of a Dockerfile. */
export function readDockerfile(file: string): readonly Stage[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => !line.trimStart().startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const stages: { from: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const line of lines) {
    const [name = '', ...words] = line.split(/\s+/);
    if (name === 'FROM') {
      const [from = '', as, stage = null] = words;
      stages.push({ from, name: as === 'AS' ? stage : null, instructions: [] });
    } else {
      stages.at(-1)?.instructions.push({ name, text: words.join(' ') });
    }
  }
  return stages;
}

/** The texts of all instructions of one name, in their order. */
export function textsOf(stage: Stage | undefined, name: string): string[] {
  return (stage?.instructions ?? [])
    .filter((instruction) => instruction.name === name)
    .map(({ text }) => text);
}

export function copiesOf(stage: Stage | undefined): Copy[] {
  return textsOf(stage, 'COPY').map((text) => {
    const words = text.split(' ');
    const options = words.filter((word) => word.startsWith('--'));
    const paths = words.filter((word) => !word.startsWith('--'));
    const from = options.find((option) => option.startsWith('--from='));
    return {
      stage: from?.slice('--from='.length) ?? null,
      sources: paths.slice(0, -1),
      target: paths.at(-1) ?? '',
    };
  });
}
