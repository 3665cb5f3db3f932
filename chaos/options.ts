import { parseArgs } from 'node:util';
import { z } from 'zod';
import { parseDuration } from '../src/duration.js';
import type { PlanOptions } from './plan.js';

export const usage = `Usage: npm run chaos -- [--seed N] [--deliveries 10000] [--tenants 50] [--kills 20] [--fault-share 0.3] [--rate 20]
       npm run chaos -- --soak 30m [--rate 5]

Starts what docker-compose.yml starts, without Docker, over the stand-in for SuperOffice; hands summaries in while
calls fail and processes are killed, all by a plan that the seed determines and that is printed first; waits until
everything is settled, and counts in SuperOffice. Exit code 0: all are accounted for. The result is also in
.data/chaos/, as JSON.

  --seed         which plan (default: another one each time)
  --fault-share  share of the calls of SuperOffice that meet a fault, at least
  --rate         summaries that are handed in a second, at most
  --soak         no kills: a steady load for so long, while memory and open handles of API and workers are measured`;

const whole = (minimum: number) => z.coerce.number().int().min(minimum);

const schema = z.object({
  seed: whole(0).max(0x7fff_ffff).optional(),
  deliveries: whole(1).default(10_000),
  tenants: whole(1).default(50),
  kills: whole(0).default(20),
  'fault-share': z.coerce.number().min(0).max(0.9).default(0.3),
  rate: z.coerce.number().positive().optional(),
  soak: z
    .string()
    .transform((text, context) => {
      const milliseconds = parseDuration(text);
      if (milliseconds !== undefined) return milliseconds;
      context.addIssue('must be a length of time, such as 30m');
      return z.NEVER;
    })
    .optional(),
});

const CHAOS_RATE = 20;
const SOAK_RATE = 5;

/** What the command line asks for. */
export interface CommandOptions {
  plan: Omit<PlanOptions, 'workers'>;
  isSoak: boolean;
}

/**
 * @param newSeed for a run that names none
 * @returns `undefined` where help was asked for
 * @throws Error that names each option that is wrong
 */
export function readOptions(args: readonly string[], newSeed: () => number): CommandOptions | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: text,
      deliveries: text,
      tenants: text,
      kills: text,
      'fault-share': text,
      rate: text,
      soak: text,
      help: { type: 'boolean' },
    },
  });
  if (values.help) return undefined;
  const parsed = schema.safeParse(values);
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error));
  const { seed = newSeed(), deliveries, tenants, kills, 'fault-share': faultShare, rate, soak } = parsed.data;
  if (soak === undefined)
    return {
      plan: { seed, deliveries, tenants, kills, faultShare, ratePerSecond: rate ?? CHAOS_RATE },
      isSoak: false,
    };
  const ratePerSecond = rate ?? SOAK_RATE;
  const total = Math.ceil((ratePerSecond * soak) / 1_000);
  return {
    plan: { seed, deliveries: total, tenants, kills: 0, faultShare, ratePerSecond },
    isSoak: true,
  };
}
