/** Sends requests for Google's own hosts to the stand-in. Some clients have fixed URLs. */
export function fetchFromStandIn(google: { url: string }): { restore(): void } {
  const real = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { hostname, pathname, search } = new URL(request.url);
    return hostname.endsWith('.googleapis.com')
      ? real(new Request(google.url + pathname + search, request))
      : real(request);
  };
  return {
    restore: () => {
      globalThis.fetch = real;
    },
  };
}
