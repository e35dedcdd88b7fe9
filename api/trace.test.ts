import { describe, expect, it } from '@jest/globals';
import { nextStep, parseTraceparent, traceparentOf } from './trace.ts';

const TRACE = 'a1'.repeat(16);
const PARENT = 'b2'.repeat(8);

describe('a traceparent', () => {
  it.each([
    [`00-${TRACE}-${PARENT}-00`, false],
    [`00-${TRACE}-${PARENT}-01`, true],
    [`00-${TRACE}-${PARENT}-ff`, true],
    [`01-${TRACE}-${PARENT}-01`, true],
    [`cc-${TRACE}-${PARENT}-01-of-a-later-version`, true],
  ])('is read: %s', (header, isSampled) => {
    expect(parseTraceparent(header)).toEqual({ traceId: TRACE, spanId: PARENT, isSampled });
  });

  it.each([
    undefined,
    '',
    TRACE,
    `ff-${TRACE}-${PARENT}-01`,
    `00-${'0'.repeat(32)}-${PARENT}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-1`,
    `00-${TRACE}-${PARENT}-01-more`,
    `01-${TRACE}-${PARENT}-01more`,
    `00-${TRACE}-${PARENT}-01, 00-${TRACE}-${PARENT}-01`,
    ` 00-${TRACE}-${PARENT}-01`,
    `00-${TRACE}-${PARENT}-01\n`,
    `01-${TRACE}-${PARENT}-01-${'x'.repeat(16_000)}`,
  ])('is not read when it is not valid: %s', (header) => {
    expect(parseTraceparent(header)).toBeNull();
  });

  it('keeps the trace of a traceparent and passes it on with a new parent', () => {
    const trace = nextStep(null);
    const next = nextStep(trace);
    expect(traceparentOf(trace)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(parseTraceparent(traceparentOf(trace))).toEqual(trace);
    expect(next).toEqual({ ...trace, spanId: next.spanId });
    expect(next.spanId).not.toBe(trace.spanId);
  });
});
