/** Times at which items arrived, whether somebody waits for them already or not. */
export class Arrivals {
  readonly #times = new Map<string, number>();
  readonly #waiting = new Map<string, (at: number) => void>();

  /** The first arrival counts. */
  arrived(key: string, at = clock()): void {
    if (this.#times.has(key)) return;
    this.#times.set(key, at);
    this.#waiting.get(key)?.(at);
    this.#waiting.delete(key);
  }

  wait(key: string): Promise<number> {
    const at = this.#times.get(key);
    if (at !== undefined) return Promise.resolve(at);
    return new Promise((resolve) => this.#waiting.set(key, resolve));
  }
}

/** A clock that all processes of a machine share, in milliseconds, finer than `Date.now`. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
