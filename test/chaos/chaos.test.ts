import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Ground } from '../../chaos/ground.js';
import { makePlan } from '../../chaos/plan.js';
import { describeResult } from '../../chaos/report.js';
import { runChaos } from '../../chaos/run.js';
import { findingsOf, verdictOf } from '../../chaos/verdict.js';
import { startDevGround } from './support/dev-ground.js';

const plan = makePlan({
  seed: 20_261_124,
  deliveries: 150,
  tenants: 12,
  kills: 4,
  faultShare: 0.3,
  ratePerSecond: 15,
  workers: 2,
});

let ground: Ground;
beforeAll(async () => {
  ground = await startDevGround(plan.workers);
});
afterAll(() => ground.close());

// Not tried a second time: a summary that is lost in one of two runs is lost.
test(
  'while calls fail, tenants are revoked, paused and moved, and each process is killed, nothing is lost and nothing filed twice',
  { timeout: 150_000, retry: 0 },
  async () => {
    const lines: string[] = [];
    const result = await runChaos(plan, ground, {
      say: (line) => lines.push(line),
      progress: () => undefined,
    });
    process.stdout.write(`${describeResult(plan, result)}\n${verdictOf(plan, result)}\n`);

    expect(findingsOf(plan, result)).toEqual([]);
    const { delivered, parked, cancelled } = result.tally;
    expect({ delivered: delivered + cancelled, parked }).toEqual({ delivered: 149, parked: 1 });
    const killed = result.outages.filter(({ cause }) => cause === 'killed');
    expect(killed.map(({ process }) => process.replace(/-\d+$/, '')).sort()).toEqual([
      'api',
      'postgres',
      'temporal',
      'worker',
    ]);
    expect(lines.filter((line) => line.includes('tenant '))).toHaveLength(7);
  },
);
