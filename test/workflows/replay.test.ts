import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { parseKeyRing } from '../../src/domain/key-ring.js';
import { createDataConverter } from '../../src/temporal/data-converter.js';
import { HISTORY_KEYS } from '../histories/keys.js';

const silent = { fn: () => undefined };

const folder = new URL('../histories/', import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

beforeAll(() => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
});

function replay(history: string, bundle = 'workflow-bundle.js'): Promise<void> {
  return Worker.runReplayHistory(
    {
      workflowBundle: { codePath: join(inject('workflowBundles'), bundle) },
      dataConverter: createDataConverter(parseKeyRing(HISTORY_KEYS)),
      sinks: { deliveries: { ended: silent, parked: silent }, exporter: { export: silent } },
    },
    historyFromJSON(JSON.parse(history)),
  );
}

const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

describe('histories of every course, recorded earlier, replay on the workflows of today', () => {
  test('there is one of each course', () => {
    expect(names.sort()).toEqual([
      'cancelled-from-outside.json',
      'cancelled-while-waiting.json',
      'connect-refused.json',
      'connected-in-maintenance.json',
      'connected.json',
      'delivered-as-revision.json',
      'delivered-at-once.json',
      'delivered-to-nobody.json',
      'delivered-with-recording.json',
      'delivered.json',
      'disconnected.json',
      'earlier-cancelled-while-waiting.json',
      'earlier-delivered-at-once.json',
      'earlier-parked-at-once-then-retried.json',
      'earlier-tried-at-once-then-delivered.json',
      'event-sent-after-a-failure.json',
      'event-undeliverable.json',
      'held-then-recovered.json',
      'parked-at-once-then-retried.json',
      'parked-then-cancelled.json',
      'parked-then-retried.json',
      'parked-until-expired.json',
      'recovery-through-a-pause.json',
      'recovery.json',
      'retried-then-delivered.json',
      'skipped.json',
      'superseded.json',
      'tenant-deleted.json',
      'test-failed.json',
      'test-passed-while-paused.json',
      'test-passed.json',
      'tried-at-once-then-delivered.json',
    ]);
  });

  test.each(names)('%s', async (name) => {
    await replay(read(name));
  });

  test.each(names)('%s, on a worker that traces', async (name) => {
    await replay(read(name), 'workflow-bundle-traced.js');
  });

  test('a history of other workflow code does not', async () => {
    const foreign = read('delivered.json').replaceAll('"name": "pushSummary"', '"name": "pushSomethingElse"');
    expect(foreign).not.toBe(read('delivered.json'));
    await expect(replay(foreign)).rejects.toThrow(DeterminismViolationError);
  });
});
