import { equationsOf } from '../text/arithmetic.ts';
import { refuse, textsOf, type Answer, type Fault } from './answer.ts';

/** Every equation that the answer writes for the lesson is true: `9 + 1 = 10`. */
export function wrongArithmetic({ analysis }: Answer): Fault[] {
  return textsOf(analysis)
    .filter(({ path }) => path.endsWith('.explanation') || path.endsWith('.correction'))
    .flatMap(({ path, text }) => {
      const wrong = equationsOf(text).find(({ isTrue }) => !isTrue);
      if (wrong === undefined) return [];
      return refuse(path, {
        id: `Hitungan ini salah: ${wrong.text}.`,
        en: `This equation is wrong: ${wrong.text}.`,
      });
    });
}
