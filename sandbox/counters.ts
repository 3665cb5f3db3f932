/** Only so many hits are remembered one by one. */
const MAX_RECENT_HITS = 1000;

/** One call of the script endpoint. The URL is not kept: it carries the key. */
export interface Hit {
  /** ISO 8601 in UTC, when the request was complete. */
  at: string;
  method: string;
  /** The Host header, with its port. */
  host: string;
  /** A result of the receiver (`created`), why it was not reached (`wrong-host`), or a fault (`fault:reset`). */
  outcome: string;
  /** HTTP status, where there was an answer. */
  status?: number;
  deliveryId?: string;
}

/** What happened to one tenant's SuperOffice so far. */
export interface Counters {
  /** Calls of the script endpoint that reached the tenant, on whatever host. */
  hits: number;
  byOutcome: Record<string, number>;
  stateLookups: number;
  /** Calls whose request is complete and whose answer is not yet on its way. */
  inFlight: number;
  maxInFlight: number;
  hitsPerDelivery: Record<string, number>;
  firstHitAt?: string;
  lastHitAt?: string;
  /** The last 1000, oldest first. */
  recentHits: Hit[];
}

/** Counts the calls to one tenant. */
export class HitCounter {
  #hits = 0;
  #stateLookups = 0;
  #inFlight = 0;
  #maxInFlight = 0;
  #firstHitAt: string | undefined;
  #lastHitAt: string | undefined;
  readonly #byOutcome = new Map<string, number>();
  readonly #hitsPerDelivery = new Map<string, number>();
  readonly #recentHits: Hit[] = [];

  countStateLookup(): void {
    this.#stateLookups += 1;
  }

  /** A call has come in; `leave` follows when it is over. */
  enter(at: string, deliveryId: string | undefined): void {
    this.#hits += 1;
    this.#firstHitAt ??= at;
    this.#lastHitAt = at;
    this.#inFlight += 1;
    this.#maxInFlight = Math.max(this.#maxInFlight, this.#inFlight);
    if (deliveryId !== undefined) increment(this.#hitsPerDelivery, deliveryId);
  }

  /** It is decided what becomes of a call. */
  record(hit: Hit): void {
    increment(this.#byOutcome, hit.outcome);
    this.#recentHits.push(hit);
    if (this.#recentHits.length > MAX_RECENT_HITS) this.#recentHits.shift();
  }

  leave(): void {
    this.#inFlight -= 1;
  }

  /** The counters as they stand now. */
  read(): Counters {
    return {
      hits: this.#hits,
      byOutcome: Object.fromEntries(this.#byOutcome),
      stateLookups: this.#stateLookups,
      inFlight: this.#inFlight,
      maxInFlight: this.#maxInFlight,
      hitsPerDelivery: Object.fromEntries(this.#hitsPerDelivery),
      ...(this.#firstHitAt !== undefined && { firstHitAt: this.#firstHitAt }),
      ...(this.#lastHitAt !== undefined && { lastHitAt: this.#lastHitAt }),
      recentHits: [...this.#recentHits],
    };
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
