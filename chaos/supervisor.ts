import { setTimeout as sleep } from 'node:timers/promises';
import type { Part, PartProcess } from '../stack/part.js';

/** A time in which a part was not there. */
export interface Outage {
  process: string;
  /** Of the process that ended. */
  pid: number;
  /** Whether it was killed, or ended by itself. */
  cause: 'killed' | 'ended by itself';
  /** Since the epoch, in milliseconds. */
  at: number;
  /** Until it was ready again, in milliseconds; absent while it is not. */
  downMs?: number;
}

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const GIVE_UP_AFTER_MS = 180_000;

/** Starts a part again whenever it ends, as Docker and Kubernetes do. */
export class Supervisor {
  readonly name: string;
  readonly outages: Outage[] = [];
  /** Rejects when the part can't be started any more; never resolves. */
  readonly failed: Promise<never>;
  readonly #part: Part;
  #fail: (error: Error) => void = () => undefined;
  #current: PartProcess | undefined;
  #running: Promise<PartProcess>;
  #kills: Promise<void> = Promise.resolve();
  #isStopping = false;

  constructor(part: Part) {
    this.name = part.name;
    this.#part = part;
    this.failed = new Promise<never>((_resolve, reject) => (this.#fail = reject));
    // Whoever does not wait for it is told at the next wait.
    this.failed.catch(() => undefined);
    this.#running = Promise.resolve(this.#watch(part.process));
  }

  /** Of the process that runs now; undefined while there is none. */
  get pid(): number | undefined {
    return this.#current?.pid;
  }

  /** Ends the process at once (SIGKILL), as soon as there is one that is ready; one after the other. */
  kill(): Promise<void> {
    this.#kills = this.#kills.then(async () => {
      const process = await this.#running;
      await process.kill();
      this.#ended(process, 'killed');
    });
    return this.#kills;
  }

  /** Resolves when the part is ready. */
  async ready(): Promise<void> {
    await this.#running;
  }

  /** Stops it for good. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const process = await this.#running.catch(() => undefined);
    await process?.stop();
  }

  #watch(process: PartProcess): PartProcess {
    this.#current = process;
    void process.ended.then(() => this.#ended(process, 'ended by itself'));
    return process;
  }

  #ended(process: PartProcess, cause: Outage['cause']): void {
    if (this.#current !== process) {
      // Whoever killed it hears of its end last.
      const known = this.outages.findLast(({ pid }) => pid === process.pid);
      if (known && cause === 'killed') known.cause = cause;
      return;
    }
    this.#current = undefined;
    if (this.#isStopping) return;
    const outage: Outage = { process: this.name, pid: process.pid, cause, at: Date.now() };
    this.outages.push(outage);
    this.#running = this.#startAgain(outage);
    this.#running.catch((error: unknown) =>
      this.#fail(new Error(`${this.name} could not be started again`, { cause: error })),
    );
  }

  async #startAgain(outage: Outage): Promise<PartProcess> {
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      await sleep(pauseMs);
      try {
        const process = this.#watch(await this.#part.startAgain());
        outage.downMs = Date.now() - outage.at;
        return process;
      } catch (error) {
        if (this.#isStopping || Date.now() - outage.at > GIVE_UP_AFTER_MS) throw error;
      }
    }
  }
}
