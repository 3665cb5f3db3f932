import type { NextItems } from '../items.js';
import type { Place } from '../place.js';
import type { Verdict } from '../report/verdict.js';

/** How much is measured. */
export interface ScaleSize {
  rounds: number;
  /** Deliveries of a round. */
  deliveries: number;
  inFlight: number;
  /** The most tenants. */
  tenants: number;
  /** Deliveries that pile up while SuperOffice is away. */
  pending: number;
  /** Deliveries that one tenant hands in at once. */
  burst: number;
}

/** What a part finds on a place of its own. */
export interface PartContext {
  place: Place;
  size: ScaleSize;
  nextItems: NextItems;
  report: (line: string) => void;
}

/** What a part measured. */
export interface PartResult {
  title: string;
  /** In Markdown, as it stands in the documentation. */
  text: string;
  verdicts: Verdict[];
  /** Everything, for the JSON file. */
  figures: unknown;
}

/** Measures one thing about scale. */
export type Part = (context: PartContext) => Promise<PartResult>;
