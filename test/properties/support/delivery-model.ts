import fc from 'fast-check';
import { expect } from 'vitest';
import type { Fault } from '../../../sandbox/faults.js';
import { deliveryIdOf } from '../../../src/domain/delivery-id.js';
import type { Harness, TestTenant } from '../../support/harness.js';
import type { TestSummary } from '../../support/meetings.js';
import { request } from '../../support/request.js';

/** What people and DCI do to one tenant, and what goes wrong meanwhile. Numbers stand for summaries. */
export type Action =
  | { does: 'submit' | 'retry' | 'cancel' | 'resend'; summary: number }
  | { does: 'retry-all' | 'test' | 'connect' | 'connect-wrongly' | 'disconnect' | 'pause' | 'resume' }
  | { does: 'revoke-key' | 'restore-key' }
  | { does: 'break'; fault: Fault };

/** What must have become of the summaries, as far as the answers so far tell. */
export interface DeliveryModel {
  /** Those that were accepted at least once. */
  accepted: Set<string>;
  /** Those among them that somebody may have ended since: they may be filed, and need not be. */
  mayBeEnded: Set<string>;
  /** Whether summaries are taken in. */
  isOn: boolean;
}

/** One tenant of a running service. */
export interface DeliverySystem {
  harness: Harness;
  tenant: TestTenant;
  summaries: readonly TestSummary[];
}

export const newModel = (): DeliveryModel => ({
  accepted: new Set(),
  mayBeEnded: new Set(),
  isOn: true,
});

/** Actions that are made at the same time. */
export class AtOnce implements fc.AsyncCommand<DeliveryModel, DeliverySystem> {
  constructor(private readonly actions: readonly Action[]) {}

  check = () => true;

  async run(model: DeliveryModel, system: DeliverySystem): Promise<void> {
    const answers = await Promise.all(
      this.actions.map(async (action) => ({ action, ...(await act(action, system)) })),
    );
    const changes = this.actions.some(({ does }) => changesOfConnection.has(does));
    for (const { action, status, body } of answers) {
      expect(allowedStatuses[action.does] ?? [0], JSON.stringify({ action, body })).toContain(status);
      if (action.does === 'submit') this.submitted(model, body as Submission, changes);
      // Of a tenant that is not connected, it ends as skipped, and says so.
      const isSent = action.does === 'resend' && status === 202;
      if (isSent && model.isOn && !changes) reopen(model, idOf(action.summary, system));
      else if (isSent) model.mayBeEnded.add(idOf(action.summary, system));
    }
    // At the same time as a submission, an ending may have come after it.
    for (const { action, status } of answers) {
      if (action.does === 'cancel' && status === 202) model.mayBeEnded.add(idOf(action.summary, system));
      if (action.does === 'disconnect') for (const id of model.accepted) model.mayBeEnded.add(id);
    }
    if (changes) model.isOn = await isOn(system);
  }

  private submitted(model: DeliveryModel, submission: Submission, changes: boolean): void {
    if (submission.state === 'accepted') {
      if (!changes) expect(model.isOn).toBe(true);
      if (!submission.duplicate) reopen(model, submission.deliveryId);
    } else if (!changes) {
      expect(model.isOn).toBe(false);
    }
  }

  toString(): string {
    return this.actions
      .map((action) =>
        Object.values(action)
          .map((part) => JSON.stringify(part))
          .join(' '),
      )
      .join(' & ');
  }
}

type Submission = { state: 'accepted'; deliveryId: string; duplicate: boolean } | { state: 'skipped' };

function reopen(model: DeliveryModel, id: string): void {
  model.accepted.add(id);
  model.mayBeEnded.delete(id);
}

const changesOfConnection: ReadonlySet<Action['does']> = new Set([
  'connect',
  'connect-wrongly',
  'disconnect',
  'pause',
  'resume',
]);

/** Whatever the moment: a thing may be there or not, and another change may be under way. */
const allowedStatuses: Partial<Record<Action['does'], number[]>> = {
  submit: [200, 202],
  retry: [202, 404, 409],
  cancel: [202, 404, 409],
  resend: [202, 404, 409],
  'retry-all': [202],
  test: [200, 404],
  connect: [200, 409],
  'connect-wrongly': [200, 409],
  disconnect: [200, 404, 409],
  pause: [200, 404],
  resume: [200, 404],
};

async function act(
  action: Action,
  { harness, tenant, summaries }: DeliverySystem,
): Promise<{ status: number; body: unknown }> {
  const path = `/v1/tenants/${tenant.tenantId}`;
  const connection = `${path}/connections/superoffice`;
  const call = (method: string, at: string, body?: object) =>
    request(harness.url, at, { method, ...(body && { body }) });
  const { customerInstance } = tenant;
  const connect = (token: string) =>
    call('PUT', connection, { domainPrefix: 'online2', customerInstance, token });
  const ofDelivery = (summary: number) => `${path}/deliveries/${idOf(summary, { tenant, summaries })}`;
  switch (action.does) {
    case 'submit':
      return call('POST', `${path}/summaries`, summaries[action.summary]);
    case 'retry':
    case 'cancel':
    case 'resend':
      return call('POST', `${ofDelivery(action.summary)}/${action.does}`);
    case 'retry-all':
      return call('POST', `${path}/deliveries/retry`);
    case 'test':
      return call('POST', `${connection}/test`);
    case 'connect':
      return connect(tenant.key);
    case 'connect-wrongly':
      return connect('a mistyped key');
    case 'disconnect':
      return call('DELETE', connection);
    case 'pause':
    case 'resume':
      return call('PATCH', connection, { enabled: action.does === 'resume' });
    case 'revoke-key':
    case 'restore-key':
      harness.sandbox.tenant(customerInstance).key =
        action.does === 'restore-key' ? tenant.key : 'another key';
      return { status: 0, body: undefined };
    case 'break':
      harness.sandbox.addFaults(customerInstance, action.fault);
      return { status: 0, body: undefined };
  }
}

export function idOf(
  summary: number,
  { tenant, summaries }: Pick<DeliverySystem, 'tenant' | 'summaries'>,
): string {
  const one = summaries[summary];
  if (!one) throw new Error('There is no such summary.');
  return deliveryIdOf(tenant.tenantId, one);
}

async function isOn({ harness, tenant }: DeliverySystem): Promise<boolean> {
  const path = `/v1/tenants/${tenant.tenantId}/connections/superoffice`;
  const { status, body } = await request(harness.url, path);
  return status === 200 && (body as { state: string }).state !== 'paused';
}

/** Every course of actions, of a few at a time, over so many summaries. */
export function courses(summaries: number) {
  const summary = fc.nat({ max: summaries - 1 });
  const ofSummary = (does: 'submit' | 'retry' | 'cancel' | 'resend') =>
    fc.record({ does: fc.constant(does), summary });
  const only = <D extends Action['does']>(...does: D[]) => fc.record({ does: fc.constantFrom(...does) });
  const fault = fc.constantFrom<Fault>(
    { type: 'reset', times: 1 },
    { type: 'landed-reset', times: 1 },
    { type: 'landed-timeout', times: 1 },
    { type: 'truncated', times: 1 },
    { type: 'status', status: 503, times: 2 },
    { type: 'throttle', retryAfter: 0, times: 2 },
    { type: 'moved', times: 1 },
    { type: 'html', times: 1 },
  );
  const action: fc.Arbitrary<Action> = fc.oneof(
    { weight: 6, arbitrary: ofSummary('submit') },
    { weight: 2, arbitrary: ofSummary('retry') },
    { weight: 2, arbitrary: ofSummary('cancel') },
    { weight: 1, arbitrary: ofSummary('resend') },
    { weight: 1, arbitrary: only('retry-all', 'test') },
    { weight: 3, arbitrary: only('connect', 'connect-wrongly', 'disconnect', 'pause', 'resume') },
    { weight: 2, arbitrary: only('revoke-key', 'restore-key') },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('break' as const), fault }) },
  );
  const atOnce = fc.array(action, { minLength: 1, maxLength: 3 }).map((actions) => new AtOnce(actions));
  return fc.commands([atOnce], { maxCommands: 15, size: 'max' });
}

/** Mends all that is wrong with a tenant, and starts again what waits. */
export async function mend(system: DeliverySystem): Promise<void> {
  const { harness, tenant } = system;
  harness.sandbox.tenant(tenant.customerInstance).faults.length = 0;
  await act({ does: 'restore-key' }, system);
  for (const does of ['connect', 'resume', 'retry-all'] as const) {
    await expect.poll(async () => (await act({ does }, system)).status, { timeout: 10_000 }).not.toBe(409);
  }
}

/**
 * Each delivery that was accepted and that nobody may have ended is delivered; each that was ended has come to its end;
 * each is filed at most once, and exactly once where it is delivered. Nothing else is filed.
 */
export async function expectNothingLostOrTwice(model: DeliveryModel, system: DeliverySystem): Promise<void> {
  const { harness, tenant } = system;
  const filed = () => harness.sandbox.records(tenant.customerInstance).map(({ deliveryId }) => deliveryId);
  for (const id of model.accepted) {
    const { state } = await harness.until(
      tenant,
      id,
      (delivery) => delivery.state !== 'delivering' && delivery.state !== 'parked',
    );
    if (!model.mayBeEnded.has(id)) expect({ id, state }).toEqual({ id, state: 'delivered' });
    else expect(['delivered', 'cancelled', 'skipped']).toContain(state);
    if (state === 'delivered') expect(filed()).toContain(id);
  }
  expect(new Set(filed()).size).toBe(filed().length);
  expect(filed().filter((id) => !model.accepted.has(id))).toEqual([]);
}
