import type { Progress } from './progress.ts';
import type { PartDied } from '../process/part.ts';

/** How a stack is run. Folders are absolute. */
export interface StackOptions {
  readonly project: string;
  /** Where everything is kept that survives a restart. */
  readonly state: string;
  /** The person's environment: DATABASE_URL, GOOGLE_…, GEMINI_API_KEY, ADMIN_EMAILS. */
  readonly own: NodeJS.ProcessEnv;
  /** The Node.js that runs the parts. */
  readonly node: string;
  readonly progress: Progress;
  /** Ports begin at the usual ones (3001, 5678 …), or are any free ones, for tests. */
  readonly ports?: 'usual' | 'any';
  /** The API's entry file; a test uses one with shorter deadlines. */
  readonly apiEntry?: string;
  /** Ends a start that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** Called once when a part of the running stack dies; the stack is then to be stopped. */
  readonly onDeath?: (death: PartDied) => void;
}
