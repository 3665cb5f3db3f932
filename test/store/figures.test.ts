import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, test } from 'vitest';
import { createConnectionStore } from '../../src/store/connections.js';
import type { Database } from '../../src/store/database.js';
import { readFigures } from '../../src/store/figures.js';
import { createPacing } from '../../src/store/pacing.js';
import { engines } from './support/engines.js';
import { newConnection } from './support/new-connection.js';

describe.each(engines)('figures of $engine', ({ open }) => {
  let database: Database;
  beforeEach(async () => {
    database = await open();
  });

  test('are all nothing where nothing is', async () => {
    expect(await readFigures(database.queries)).toEqual({
      connections: { connected: 0, paused: 0, 'attention-needed': 0 },
      attention: [],
      line: { waiting: 0, calling: 0, longestWaitSeconds: 0 },
    });
  });

  test('count connections by state and by trouble', async () => {
    const store = createConnectionStore(database.queries);
    const troubles = {
      a: undefined,
      b: undefined,
      c: 'token-unreadable',
      d: 'script-not-reached',
      e: 'script-not-reached',
    };
    for (const [tenantId, code] of Object.entries(troubles)) {
      const { epoch } = await store.save(newConnection({ tenantId, enabled: tenantId !== 'b' }));
      if (code !== undefined) await store.raiseAttention(tenantId, epoch, code);
    }
    const figures = await readFigures(database.queries);
    expect(figures.connections).toEqual({ connected: 1, paused: 1, 'attention-needed': 3 });
    expect(figures.attention.sort((one, other) => one.count - other.count)).toEqual([
      { code: 'token-unreadable', count: 1 },
      { code: 'script-not-reached', count: 2 },
    ]);
  });

  test('tell how long the longest line is, and leave out who never came back to it', async () => {
    const pacing = createPacing(database.queries, { intervalMs: 60_000, inFlight: 1, leaseMs: 60_000 });
    expect(await pacing.take({ tenantId: 'a', deliveryId: '1' })).toBe(0);
    await pacing.take({ tenantId: 'a', deliveryId: '2' });
    await pacing.take({ tenantId: 'a', deliveryId: '3' });
    await database.queries.execute(
      sql`insert into turns (tenant_id, delivery_id, due_at) values ('b', '1', now() - interval '10 minutes')`,
    );
    const { line } = await readFigures(database.queries);
    expect(line).toEqual({ waiting: 2, calling: 1, longestWaitSeconds: expect.any(Number) as number });
    // The second place behind the call under way, at a twentieth more than the interval each.
    expect(line.longestWaitSeconds).toBeGreaterThan(110);
    expect(line.longestWaitSeconds).toBeLessThan(130);
  });
});
