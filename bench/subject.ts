import type { Summary } from '@dci-superoffice/client';
import type { SuperOfficeTenant } from './customers.js';
import type { SharedProcess } from './place.js';

/** One summary that is to be carried, as every subject gets it. */
export interface Item {
  /** Counts all items of a run: nothing is sent twice. */
  index: number;
  tenant: SuperOfficeTenant;
  summary: BenchSummary;
}

/** A summary as the API takes it. */
export type BenchSummary = Summary & { summary: string };

/** What is measured: something that takes summaries and brings them to SuperOffice. */
export interface Subject {
  name: string;
  /** What it is, for the table. */
  description: string;
  /** Hands one item in; the key by which `arrival` tells of it. */
  submit(item: Item): Promise<string>;
  /** When an item reached the end of its way, in milliseconds of `performance.timeOrigin + now`; waits for it. */
  arrival(key: string): Promise<number>;
  /** Its processes by role: processor time is counted for each. */
  processes: Record<string, number>;
  /** The shared processes that have a part in what it carries: theirs is counted with its own. */
  uses: readonly SharedProcess[];
  /** Name of its own database, where its statements are counted. */
  database?: string;
  /** Events and bytes of one delivery's history; absent where there is none. */
  historyOf?(key: string): Promise<{ events: number; bytes: number; actions: number }>;
  /**
   * Begins to look for work, and leaves off; absent where looking costs nothing while there is none. A subject starts
   * at rest.
   */
  wake?(): Promise<void>;
  rest?(): Promise<void>;
  stop(): Promise<void>;
}
