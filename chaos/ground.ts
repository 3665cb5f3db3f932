import type { Sandbox } from '../sandbox/start.js';
import type { Part } from '../stack/part.js';

/** What chaos is let loose on: the service's processes, what they need, and a stand-in for SuperOffice. */
export interface Ground {
  apiUrl: string;
  apiToken: string;
  sandbox: Sandbox;
  /** Those that may be killed, in the order in which they were started. */
  parts: readonly Part[];
  close(): Promise<void>;
}
