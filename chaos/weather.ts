import type { Weather } from '../sandbox/weather.js';
import { type FaultKind, faultKinds } from './fault-kinds.js';
import type { ChaosPlan } from './plan.js';
import { FIRST_TENANT_STREAM } from './plan.js';
import { createRandom, type Random } from './random.js';

/** So many calls of a tenant have exactly their share of faults. */
const CALLS_PER_DECK = 20;
/** A little more than was asked for: decks that a run leaves unfinished may have fewer. */
const HEADROOM = 0.03;

/** A weather that can be ended, and knows what it did. */
export interface ChaosWeather extends Weather {
  /** From now on nothing goes wrong. */
  clearUp(): void;
  /** Calls that met a fault, by the fault's name. */
  readonly dealt: ReadonlyMap<string, number>;
}

/** What the calls of one tenant meet, in this order: the seed decides, and nothing else. */
export function createWeather(
  { seed, faultShare }: Pick<ChaosPlan, 'seed' | 'faultShare'>,
  tenant: number,
): ChaosWeather {
  const random = createRandom(seed, FIRST_TENANT_STREAM + tenant);
  const dealt = new Map<string, number>();
  const count = (name: string) => dealt.set(name, (dealt.get(name) ?? 0) + 1);
  const isFaulted = faultShare > 0 ? deckOf(random, () => callsOf(faultShare)) : () => false;
  const isDown = faultShare > 0 ? deckOf(random, () => callsOf(faultShare)) : () => false;
  const nextKind = deckOf(random, () =>
    faultKinds.flatMap((kind) => Array<FaultKind>(kind.weight).fill(kind)),
  );
  let isClear = false;
  return {
    dealt,
    clearUp: () => (isClear = true),
    ofScriptCall() {
      if (isClear || !isFaulted()) return undefined;
      const kind = nextKind();
      count(kind.name);
      return kind.fault;
    },
    ofStateLookup() {
      if (isClear || !isDown()) return undefined;
      count('state-down');
      return { type: 'state-down' };
    },
  };
}

/** One deck of calls: which of them meet a fault. */
function callsOf(share: number): boolean[] {
  const faulted = Math.ceil((share + HEADROOM) * CALLS_PER_DECK);
  return Array.from({ length: CALLS_PER_DECK }, (_, index) => index < faulted);
}

/** Deals cards in random order, and shuffles a new deck when one is used up. */
function deckOf<T>(random: Random, deck: () => T[]): () => T {
  let cards: T[] = [];
  return () => {
    if (cards.length === 0) cards = random.shuffled(deck());
    return cards.pop() as T;
  };
}
