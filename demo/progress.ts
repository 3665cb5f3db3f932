/** How often the progress line is renewed in a terminal, and written anew where there is none, in milliseconds. */
const PLAIN_INTERVAL_MS = 2_000;

/** A line that tells how far things are: renewed in place in a terminal, repeated now and then elsewhere. */
export class ProgressLine {
  #shownAt = 0;

  constructor(private readonly stream: NodeJS.WriteStream) {}

  show(text: string): void {
    if (this.stream.isTTY) {
      this.stream.write(`\r\x1b[2K${text}`);
    } else if (Date.now() - this.#shownAt >= PLAIN_INTERVAL_MS) {
      this.#shownAt = Date.now();
      this.stream.write(`${text}\n`);
    }
  }

  /** Leaves the last text standing. */
  finish(text: string): void {
    this.stream.write(this.stream.isTTY ? `\r\x1b[2K${text}\n` : `${text}\n`);
  }
}
