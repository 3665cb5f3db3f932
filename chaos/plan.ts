import { createRandom, type Random } from './random.js';

/** What a plan is made of. The same options make the same plan. */
export interface PlanOptions {
  seed: number;
  deliveries: number;
  tenants: number;
  kills: number;
  /** Of the calls of SuperOffice, at least; between 0 and 0.9. */
  faultShare: number;
  /** Summaries that are handed in a second, at most. */
  ratePerSecond: number;
  /** Processes of each kind; one of each is the least. */
  workers: number;
}

export const processKinds = ['api', 'worker', 'temporal', 'postgres'] as const;
export type ProcessKind = (typeof processKinds)[number];

/** A kill -9. Seconds are counted from the first summary. */
export interface PlannedKill {
  second: number;
  /** Name of a part of the stack, such as `worker-2`. */
  process: string;
}

/** What happens to a tenant of SuperOffice, and when it is over. */
export interface PlannedEvent {
  what: 'key revoked' | 'paused' | 'moved' | 'under maintenance';
  /** From 0. */
  tenant: number;
  second: number;
  /** Connected again, resumed, running again; a move is for good. */
  untilSecond?: number;
}

/** All that a seed decides before anything runs. */
export interface ChaosPlan extends PlanOptions {
  /** In which the summaries are handed in, and processes killed. */
  seconds: number;
  kills: number;
  killList: PlannedKill[];
  events: PlannedEvent[];
  /** The tenant of each summary. */
  owners: number[];
  /** Summaries that the receiver script refuses, whatever is tried: they stay parked. */
  refused: ReadonlySet<number>;
  /** Summaries that are cancelled right after they were accepted. */
  cancelled: ReadonlySet<number>;
}

const MIN_SECONDS_PER_KILL = 3;
const DELIVERIES_PER_REFUSED = 1_000;
const DELIVERIES_PER_CANCELLED = 500;
const TENANTS_PER_EVENT = 25;
const eventKinds: readonly PlannedEvent['what'][] = ['key revoked', 'paused', 'moved', 'under maintenance'];

/** Streams of the seed, so that a plan with one kill more is otherwise the same. */
const streams = { kills: 1, events: 2, deliveries: 3, special: 4 };
/** Each tenant's calls have a stream of their own from here on. */
export const FIRST_TENANT_STREAM = 1_000;

/** Makes a plan of a seed; it reads no clock and knows no state. */
export function makePlan(options: PlanOptions): ChaosPlan {
  const { seed, deliveries, tenants, kills, ratePerSecond } = options;
  const seconds = Math.ceil(Math.max(deliveries / ratePerSecond, kills * MIN_SECONDS_PER_KILL));
  const owner = createRandom(seed, streams.deliveries);
  const special = createRandom(seed, streams.special).shuffled(
    Array.from({ length: deliveries }, (_, i) => i),
  );
  const refusedCount = Math.ceil(deliveries / DELIVERIES_PER_REFUSED);
  const cancelledCount = Math.ceil(deliveries / DELIVERIES_PER_CANCELLED);
  return {
    ...options,
    seconds,
    killList: planKills(createRandom(seed, streams.kills), options, seconds),
    events: planEvents(createRandom(seed, streams.events), tenants, seconds),
    owners: Array.from({ length: deliveries }, () => owner.between(0, tenants - 1)),
    refused: new Set(special.slice(0, refusedCount)),
    cancelled: new Set(special.slice(refusedCount, refusedCount + cancelledCount)),
  };
}

/** Evenly over the time, one in each part of it, and evenly over the kinds of processes. */
function planKills(random: Random, { kills, workers }: PlanOptions, seconds: number): PlannedKill[] {
  const kinds: ProcessKind[] = [];
  while (kinds.length < kills) kinds.push(...random.shuffled(processKinds));
  const spanMs = (seconds * 1_000) / Math.max(kills, 1);
  return kinds.slice(0, kills).map((kind, index) => ({
    second: Math.round(index * spanMs + random.between(0, Math.floor(spanMs * 0.8))) / 1_000,
    process: kind === 'worker' ? `worker-${random.between(1, workers)}` : kind,
  }));
}

/** Each tenant has one thing happen to it at most, as long as there are enough of them. */
function planEvents(random: Random, tenants: number, seconds: number): PlannedEvent[] {
  const order = random.shuffled(Array.from({ length: tenants }, (_, index) => index));
  const count = eventKinds.length * Math.max(1, Math.round(tenants / TENANTS_PER_EVENT));
  return Array.from({ length: count }, (_, index): PlannedEvent => {
    const what = eventKinds[index % eventKinds.length] ?? 'moved';
    const second = random.between(Math.floor(seconds * 0.05), Math.floor(seconds * 0.6));
    const lasts = random.between(Math.ceil(seconds * 0.05), Math.ceil(seconds * 0.2));
    const tenant = order[index % tenants] ?? 0;
    return { what, tenant, second, ...(what !== 'moved' && { untilSecond: second + lasts }) };
  }).sort((a, b) => a.second - b.second);
}
