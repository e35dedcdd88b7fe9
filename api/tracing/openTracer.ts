import type { Config } from '../config/config.ts';
import type { Logger } from '../log.ts';
import type { OpenTracer } from './otlp.ts';

/** Loads OpenTelemetry, if spans are exported. Otherwise nothing is loaded. */
export async function openTracer(
  { tracesUrl }: Pick<Config, 'tracesUrl'>,
  log: Logger,
): Promise<OpenTracer | null> {
  if (tracesUrl === null) return null;
  const { openOtlp } = await import('./otlp.ts');
  return openOtlp(tracesUrl, log);
}
