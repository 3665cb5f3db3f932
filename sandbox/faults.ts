import { z } from 'zod';

/** How many calls the fault hits; without it, all of them until it is cleared. */
const times = z.int().positive().optional();
const httpStatus = z.int().min(200).max(599);
const retryAfter = z.union([z.string(), z.int().nonnegative()]).optional();

/** Faults that end before the script runs: nothing is filed. */
const before = [
  z.strictObject({
    type: z.literal('status'),
    times,
    status: httpStatus,
    body: z.string().optional(),
    contentType: z.string().optional(),
    retryAfter,
  }),
  z.strictObject({ type: z.literal('throttle'), times, retryAfter }),
  z.strictObject({ type: z.literal('redirect'), times, location: z.string().optional() }),
  /** The connection is reset. */
  z.strictObject({ type: z.literal('reset'), times }),
  /** No answer ever, until the client goes away. */
  z.strictObject({ type: z.literal('hang'), times }),
  z.strictObject({ type: z.literal('empty'), times }),
  /** JSON and `ok: true` from a script that knows no delivery ids. */
  z.strictObject({ type: z.literal('no-echo'), times }),
  z.strictObject({ type: z.literal('wrong-echo'), times }),
  z.strictObject({ type: z.literal('not-ok'), times, error: z.string(), status: httpStatus.optional() }),
  z.strictObject({ type: z.literal('html'), times }),
  z.strictObject({ type: z.literal('source'), times }),
  /** 421 on every host. */
  z.strictObject({ type: z.literal('moved'), times }),
] as const;

/** Faults around a script that runs: the summary is filed. */
const around = [
  /** The script starts late. As in SuperOffice, it runs even when the client has gone meanwhile. */
  z.strictObject({ type: z.literal('slow'), times, delayMs: z.int().nonnegative() }),
  z.strictObject({ type: z.literal('landed-reset'), times }),
  z.strictObject({ type: z.literal('landed-timeout'), times }),
  /** Half of the answer, then the connection breaks. */
  z.strictObject({ type: z.literal('truncated'), times }),
  /** The answer in 2 MB of JSON. */
  z.strictObject({ type: z.literal('oversized'), times }),
  /** The answer in blank lines, as print() outside the script tags leaves it: still a success. */
  z.strictObject({ type: z.literal('whitespace'), times }),
] as const;

/** The state API answers 503. */
const stateDown = z.strictObject({ type: z.literal('state-down'), times });

/** What is to go wrong with calls to one tenant. */
export const faultSchema = z.discriminatedUnion('type', [...before, ...around, stateDown]);

export type Fault = z.output<typeof faultSchema>;
export type StateFault = Extract<Fault, { type: 'state-down' }>;
export type ScriptFault = Exclude<Fault, StateFault>;

/**
 * Takes the next fault of a kind from a queue; one whose `times` are used up leaves the queue, and the one after it
 * is next.
 */
export function takeFault<F extends Fault>(
  queue: Fault[],
  isKind: (fault: Fault) => fault is F,
): F | undefined {
  const fault = queue.find(isKind);
  if (fault?.times === undefined) return fault;
  fault.times -= 1;
  if (fault.times <= 0) queue.splice(queue.indexOf(fault), 1);
  return fault;
}

export function isStateFault(fault: Fault): fault is StateFault {
  return fault.type === 'state-down';
}

export function isScriptFault(fault: Fault): fault is ScriptFault {
  return fault.type !== 'state-down';
}

export function isRedirect(fault: Fault): fault is Extract<Fault, { type: 'redirect' }> {
  return fault.type === 'redirect';
}
