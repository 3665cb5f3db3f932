/** A process that runs: what a supervisor watches, kills and stops. */
export interface PartProcess {
  readonly pid: number;
  /** Resolves once it has ended, however that came about. */
  readonly ended: Promise<unknown>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<unknown>;
}

/** A part that can be started again where it was: at its address, with its data. */
export interface Part {
  /** Such as `worker-2`. */
  readonly name: string;
  /** The one that was started first. */
  readonly process: PartProcess;
  /**
   * Starts it again after it has ended; ready when this resolves.
   *
   * @throws Error that says why it did not start, for whoever tries again
   */
  startAgain(): Promise<PartProcess>;
}
