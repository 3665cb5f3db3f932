import { describe, expect, test } from 'vitest';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { rotateKeys } from '../../src/service/rotate-keys.js';
import { createConnectionStore } from '../../src/store/connections.js';
import type { Queries } from '../../src/store/database.js';
import { createDciHookStore } from '../../src/store/dci-hooks.js';
import { resealAll } from '../../src/store/reseal.js';
import { sealedValuesIn } from '../../src/store/sealed-values.js';
import { createSealing } from '../../src/store/sealing.js';
import { engines } from '../store/support/engines.js';
import { newConnection } from '../store/support/new-connection.js';

const [oldKey, newKey] = [generateKey('old'), generateKey('new')];
const oldRing = parseKeyRing(oldKey);
const bothRing = parseKeyRing(`${newKey},${oldKey}`);
const newRing = parseKeyRing(newKey);

/** Tenants with everything that is sealed, by the old key. */
async function seed(queries: Queries, tenants: number): Promise<string[]> {
  const sealing = createSealing(oldRing);
  const ids = Array.from({ length: tenants }, (_, index) => `tenant-${String(index).padStart(4, '0')}`);
  for (const tenantId of ids) {
    const seal = (what: string) => sealing.seal(tenantId, `${what} of ${tenantId}`);
    const connection = newConnection({
      tenantId,
      sealedToken: await seal('token'),
      sealedSigningSecret: await seal('signing secret'),
    });
    await createConnectionStore(queries).save(connection);
    const hooks = createDciHookStore(queries);
    await hooks.addSecret(tenantId, await seal('first secret'));
    await hooks.addSecret(tenantId, await seal('second secret'));
    await hooks.setApiToken(tenantId, await seal('API token'));
  }
  return ids;
}

async function rotate(queries: Queries, sealingKeys = bothRing, isDryRun = false) {
  const lines: string[] = [];
  const isComplete = await rotateKeys(
    {
      queries,
      sealingKeys,
      payloadKeys: bothRing,
      payloadKeysInUse: () => Promise.resolve(new Map([['old', 3]])),
      say: (line) => lines.push(line),
    },
    { isDryRun },
  );
  return { isComplete, text: lines.join('\n') };
}

describe.each(engines)('a rotation of keys, in $engine', ({ open }) => {
  test('seals everything anew, so that the old key may leave the ring; twice is once', async () => {
    const { queries } = await open();
    const [tenantId = ''] = await seed(queries, 3);
    const first = await rotate(queries);
    expect(first.isComplete).toBe(true);
    expect(first.text).toContain('"old" sealed 15 values');
    expect(first.text).toContain('sealed anew with "new": 15 values');

    const sealing = createSealing(newRing);
    const connection = await createConnectionStore(queries).find(tenantId);
    expect(await sealing.open(tenantId, connection?.sealedToken ?? '')).toBe(`token of ${tenantId}`);
    expect(await sealing.open(tenantId, connection?.sealedSigningSecret ?? '')).toBe(
      `signing secret of ${tenantId}`,
    );
    const hook = await createDciHookStore(queries).find(tenantId);
    const secrets = await Promise.all(hook?.sealedSecrets.map((one) => sealing.open(tenantId, one)) ?? []);
    // The order says which of them is the newest.
    expect(secrets).toEqual([`second secret of ${tenantId}`, `first secret of ${tenantId}`]);
    expect(await sealing.open(tenantId, hook?.sealedApiToken ?? '')).toBe(`API token of ${tenantId}`);

    expect((await rotate(queries)).text).toContain('sealed anew with "new": 0 values');
  });

  test('reads more tenants than it reads at a time', async () => {
    const { queries } = await open();
    await seed(queries, 450);
    expect((await rotate(queries)).text).toContain('sealed anew with "new": 2250 values');
  });

  test('only looks where it is asked to, and tells which payload keys open workflows need', async () => {
    const { queries } = await open();
    await seed(queries, 1);
    const { isComplete, text } = await rotate(queries, bothRing, true);
    expect(isComplete).toBe(true);
    expect(text).toContain('"old" seals 5 values');
    expect(text).toContain('"old": needed by 3 open workflows');
    expect((await rotate(queries)).text).toContain('sealed anew with "new": 5 values');
  });

  test('a value that was changed meanwhile is left as it is', async () => {
    const { queries } = await open();
    const [tenantId = ''] = await seed(queries, 1);
    const connections = createConnectionStore(queries);
    const entered = await createSealing(bothRing).seal(tenantId, 'entered meanwhile');
    async function* withChange() {
      for await (const value of sealedValuesIn(queries)) {
        if (value.place === 'token key') {
          await connections.save(newConnection({ tenantId, sealedToken: entered }));
        }
        yield value;
      }
    }
    const report = await resealAll(withChange(), createSealing(bothRing), 'new');
    expect(report).toMatchObject({ resealed: 3, overtaken: 2, unreadable: [] });
    expect((await connections.find(tenantId))?.sealedToken).toBe(entered);
  });

  test('what no key opens is named, without its value, and the rotation says that it is not complete', async () => {
    const { queries } = await open();
    await seed(queries, 1);
    const { isComplete, text } = await rotate(queries, newRing);
    expect(isComplete).toBe(false);
    expect(text).toContain('the token key of tenant "tenant-0000"; the key "old" is not in SEALING_KEYS');
    expect(text).not.toContain('eyJ');
  });
});
