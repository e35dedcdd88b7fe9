/** How many requests came, by service and method, and the last of them. */
export class RequestLog {
  private counts: Record<string, Record<string, number>> = {};
  private latest: { at: string; service: string; method: string; status: number }[] = [];
  private readonly kept = 1000;

  add(service: string, method: string, status: number): void {
    const methods = (this.counts[service] ??= {});
    methods[method] = (methods[method] ?? 0) + 1;
    this.latest.push({ at: new Date().toISOString(), service, method, status });
    if (this.latest.length > this.kept) this.latest.splice(0, this.latest.length - this.kept);
  }

  list(): object {
    return { counts: this.counts, requests: this.latest };
  }

  reset(): void {
    this.counts = {};
    this.latest = [];
  }
}
