import type { SheetTransport } from '../../core/index.ts';
import { currentSpan, recorded } from '../trace.ts';

/** Makes the transport record its requests as steps of the cycle. */
export function traced(transport: SheetTransport): SheetTransport {
  const span = (name: string) => currentSpan()?.begin(`Google Sheets ${name}`, 'client') ?? null;
  return {
    describe: () => recorded(span('describe'), () => transport.describe()),
    read: (...asked) => recorded(span('read'), () => transport.read(...asked)),
    shape: (tab) => recorded(span('shape'), () => transport.shape(tab)),
    write: (...sent) => recorded(span('write'), () => transport.write(...sent)),
  };
}
