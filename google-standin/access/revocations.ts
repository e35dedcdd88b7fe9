/** The grants that were taken back. They are forgotten with the process. */
export class Revocations {
  private readonly grants = new Set<string>();

  add(grant: string): void {
    this.grants.add(grant);
  }

  has(grant: string): boolean {
    return this.grants.has(grant);
  }
}
