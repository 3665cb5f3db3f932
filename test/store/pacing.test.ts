import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { Queries } from '../../src/store/database.js';
import { createPacing, type Pacing, type PacingLimits } from '../../src/store/pacing.js';
import { engines } from './support/engines.js';

const place = (deliveryId: string, tenantId = 'tenant-1') => ({ tenantId, deliveryId });

const gapsOf = (times: readonly number[]) => times.slice(1).map((time, index) => time - (times[index] ?? 0));

/** Takes a turn as a worker does: waits as long as it is told; how often it was told to. */
async function turnOf(pacing: Pacing, deliveryId: string): Promise<number> {
  for (let waits = 0; ; waits += 1) {
    const waitMs = await pacing.take(place(deliveryId));
    if (waitMs === 0) return waits;
    await sleep(waitMs);
  }
}

describe.each(engines)('the lines in $engine', ({ open }) => {
  async function line(limits: Partial<PacingLimits> = {}) {
    const { queries } = await open();
    return {
      queries,
      pacing: createPacing(queries, { intervalMs: 1_000, inFlight: 1, leaseMs: 30_000, ...limits }),
    };
  }

  /**
   * When each turn is due, in the order of the line, in milliseconds. Waits count from the query that told them: to
   * compare one with another would be to measure how busy the machine is.
   */
  async function dueTimes(queries: Queries): Promise<number[]> {
    const { rows } = (await queries.execute(
      sql`select extract(epoch from due_at) * 1000 as due from turns order by ticket`,
    )) as { rows: { due: string }[] };
    return rows.map(({ due }) => Number(due));
  }

  /** As if so much time had gone by. */
  async function pass(queries: Queries, seconds: number): Promise<void> {
    const time = sql`${seconds} * interval '1 second'`;
    await queries.execute(
      sql`update turns set due_at = due_at - ${time}, lease_until = lease_until - ${time}`,
    );
    await queries.execute(sql`update pacing set last_start_at = last_start_at - ${time}`);
  }

  /** As if the time of one that waits had come so long ago. */
  async function comeDue(queries: Queries, deliveryId: string, secondsAgo: number): Promise<void> {
    await queries.execute(
      sql`update turns set due_at = clock_timestamp() - ${secondsAgo} * interval '1 second'
        where delivery_id = ${deliveryId}`,
    );
  }

  test('the first goes at once, the next ones wait an interval each', async () => {
    const { pacing, queries } = await line({ intervalMs: 60_000 });
    expect(await pacing.take(place('a'))).toBe(0);
    const [startedAt = 0] = await dueTimes(queries);
    await pacing.end(place('a'), { heldMs: 0, callMs: 20 });
    const waits: number[] = [];
    for (const id of ['b', 'c', 'd']) waits.push(await pacing.take(place(id)));
    const gaps = gapsOf([startedAt, ...(await dueTimes(queries))]);
    expect(gaps).toHaveLength(3);
    expect(Math.min(...gaps)).toBeGreaterThan(59_999);
    expect(Math.max(...gaps)).toBeLessThan(64_000);
    // Told as well, less what has gone by since the first one started.
    for (const [index, wait] of waits.entries()) {
      expect(wait).toBeGreaterThan(60_000 * index);
      expect(wait).toBeLessThan(64_000 * (index + 1));
    }
  });

  test('who asks again before its time keeps its place', async () => {
    const { pacing } = await line();
    await pacing.take(place('a'));
    const first = await pacing.take(place('b'));
    await pacing.take(place('c'));
    expect(await pacing.take(place('b'))).toBeLessThanOrEqual(first);
  });

  test('whoever asks while a call may start goes: the line does not stand still for those who are away', async () => {
    const { pacing, queries } = await line({ intervalMs: 60_000 });
    await pacing.take(place('a'));
    await pacing.end(place('a'), { heldMs: 0, callMs: 1 });
    for (const id of ['b', 'c', 'd']) expect(await pacing.take(place(id))).toBeGreaterThan(0);
    await pass(queries, 60);
    expect(await pacing.take(place('d'))).toBe(0);
  });

  test('nobody waits for those who gave their places up; a call is no place', async () => {
    const { pacing } = await line();
    await pacing.take(place('a'));
    for (const id of ['b', 'c', 'd']) await pacing.take(place(id));
    for (const id of ['a', 'b', 'c']) await pacing.leave(place(id));
    // One call goes on still.
    expect(await pacing.take(place('d'))).toBeGreaterThan(0);
    expect(await pacing.take(place('e'))).toBeLessThanOrEqual(2_200);
    await pacing.leave(place('d'));
    expect(await pacing.take(place('e'))).toBeLessThanOrEqual(1_100);
  });

  test('who comes anew lets those go first whose time has just come, and not those who stay away', async () => {
    const { pacing, queries } = await line({ intervalMs: 60_000 });
    await pacing.take(place('a'));
    await pacing.end(place('a'), { heldMs: 0, callMs: 1 });
    await pacing.take(place('b'));
    await pass(queries, 60);
    await comeDue(queries, 'b', 0);
    expect(await pacing.take(place('new'))).toBeGreaterThan(0);
    await comeDue(queries, 'b', 2);
    expect(await pacing.take(place('newer'))).toBe(0);
  });

  test('tenants do not wait for one another', async () => {
    const { pacing } = await line();
    expect(await pacing.take(place('a', 'tenant-1'))).toBe(0);
    expect(await pacing.take(place('a', 'tenant-2'))).toBe(0);
  });

  test('a turn that the same delivery took again since is not ended by whoever held it before', async () => {
    const { pacing } = await line({ intervalMs: 1 });
    expect(await pacing.take(place('a'))).toBe(0);
    await sleep(20);
    expect(await pacing.take(place('a'))).toBe(0);
    await pacing.end(place('a'), { heldMs: 5_000 });
    await sleep(20);
    expect(await pacing.take(place('b'))).toBeGreaterThan(0);
    await pacing.end(place('a'), { heldMs: 20 });
    await sleep(100);
    expect(await pacing.take(place('b'))).toBe(0);
  });

  test('while a call runs nobody else starts, and its end lets the next one go', async () => {
    const { pacing } = await line({ intervalMs: 1 });
    expect(await pacing.take(place('a'))).toBe(0);
    await sleep(20);
    expect(await pacing.take(place('b'))).toBeGreaterThan(0);
    await sleep(60);
    expect(await pacing.take(place('b'))).toBeGreaterThan(0);
    await pacing.end(place('a'), { heldMs: 0, callMs: 80 });
    expect(await turnOf(pacing, 'b')).toBeLessThanOrEqual(1);
  });

  test('as many calls run at once as are allowed', async () => {
    const { pacing } = await line({ intervalMs: 1, inFlight: 2 });
    expect(await turnOf(pacing, 'a')).toBe(0);
    await turnOf(pacing, 'b');
    await sleep(10);
    expect(await pacing.take(place('c'))).toBeGreaterThan(0);
  });

  test('a lease that ran out counts no longer; one that is extended does', async () => {
    const { pacing, queries } = await line({ intervalMs: 1, leaseMs: 60_000 });
    expect(await pacing.take(place('dead'))).toBe(0);
    await pass(queries, 45);
    await pacing.extend(place('dead'));
    await pass(queries, 30);
    expect(await pacing.take(place('b'))).toBeGreaterThan(0);
    await pass(queries, 45);
    expect(await pacing.take(place('b'))).toBe(0);
  });

  test('the delivery whose worker died takes its own lease over', async () => {
    const { pacing } = await line({ intervalMs: 1 });
    expect(await pacing.take(place('a'))).toBe(0);
    await sleep(10);
    expect(await pacing.take(place('a'))).toBe(0);
  });

  test('express goes before the line, but never beside a call', async () => {
    const { pacing } = await line({ intervalMs: 500 });
    expect(await pacing.take(place('a'))).toBe(0);
    for (const id of ['b', 'c', 'd', 'e']) await pacing.take(place(id));
    expect(await pacing.take(place('test'), { express: true })).toBeLessThanOrEqual(500);
    await sleep(510);
    expect(await pacing.take(place('test'), { express: true })).toBeGreaterThan(0);
    await pacing.end(place('a'), { heldMs: 0, callMs: 60 });
    expect(await pacing.take(place('test'), { express: true })).toBe(0);
  });

  test('when all workers were away, the line is formed anew instead of everybody coming at once', async () => {
    const { pacing, queries } = await line();
    await pacing.take(place('first'));
    await pacing.end(place('first'), { heldMs: 0, callMs: 10 });
    const ids = Array.from({ length: 10 }, (_, index) => `d-${index}`);
    for (const id of ids) await pacing.take(place(id));
    await queries.execute(sql`update turns set due_at = due_at - interval '10 minutes'`);
    await queries.execute(sql`update pacing set last_start_at = null`);
    const waits: number[] = [];
    for (const id of ids) waits.push(await pacing.take(place(id)));
    expect(waits[0]).toBe(0);
    expect(Math.min(...waits.slice(1))).toBeGreaterThan(0);
    const gaps = gapsOf(await dueTimes(queries));
    expect(gaps).toHaveLength(ids.length - 1);
    expect(Math.min(...gaps)).toBeGreaterThan(999);
  });

  test('calls that take longer than the interval space the line out', async () => {
    const { pacing, queries } = await line({ intervalMs: 10 });
    await pacing.take(place('slow'));
    for (let call = 0; call < 20; call += 1) await pacing.end(place('slow'), { heldMs: 0, callMs: 2_000 });
    await turnOf(pacing, 'a');
    await pacing.take(place('b'));
    await pacing.take(place('c'));
    expect(gapsOf(await dueTimes(queries)).at(-1)).toBeGreaterThan(1_500);
  });

  test('slow calls send nobody away for long who is far behind: the next ones may be quick', async () => {
    const { pacing } = await line({ intervalMs: 1_000 });
    await pacing.take(place('slow'));
    for (let call = 0; call < 40; call += 1) await pacing.end(place('slow'), { heldMs: 0, callMs: 60_000 });
    await pacing.take(place('a'));
    const waits: number[] = [];
    for (let index = 0; index < 20; index += 1) waits.push(await pacing.take(place(`d-${index}`)));
    expect(waits.at(-1)).toBeGreaterThan(20_000);
    expect(waits.at(-1)).toBeLessThan(60_000);
  });

  test('fifty that come at once all have their turn, never two at a time', async () => {
    const { pacing } = await line({ intervalMs: 10 });
    let calling = 0;
    const deliver = async (id: string) => {
      await turnOf(pacing, id);
      calling += 1;
      expect(calling).toBe(1);
      await sleep(1);
      calling -= 1;
      await pacing.end(place(id), { heldMs: 0, callMs: 1 });
    };
    await Promise.all(Array.from({ length: 50 }, (_, index) => deliver(`d-${index}`)));
  });

  test('a line that is cleared is empty', async () => {
    const { pacing } = await line();
    await pacing.take(place('a'));
    await pacing.take(place('b'));
    await pacing.clear('tenant-1');
    expect(await pacing.take(place('c'))).toBe(0);
  });
});
