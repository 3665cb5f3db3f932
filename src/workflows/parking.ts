import { condition } from '@temporalio/workflow';
import type { DeliveryPolicy } from '../activities/types.js';
import type { RetryRequester } from '../domain/delivery.js';
import { summaryFor } from './attributes.js';
import { recheckParked } from './local-activities.js';
import type { ParkedPush } from './push-failure.js';

/**
 * A delivery that parks itself so often after the tenant's trouble was said to be over is the trouble: from then on
 * only a person starts it again.
 */
const MAX_RECOVERIES = 3;

/** A round that is over, and the delivery not: it is parked under a policy. */
export interface ParkedRound extends ParkedPush {
  epoch: number;
  policy: DeliveryPolicy;
}

/** A delivery's waiting for somebody, or for its tenant's recovery. */
export class Parking {
  #isParked = false;
  #requestedBy: RetryRequester | undefined;
  #recoveries = 0;

  constructor(private readonly tenantId: string) {}

  /** Does nothing while the delivery is under way. */
  requestRetry(requester: RetryRequester): void {
    if (!this.#isParked) return;
    if (requester !== 'recovery') this.#recoveries = 0;
    else if (this.#recoveries >= MAX_RECOVERIES) return;
    this.#requestedBy = requester;
  }

  /**
   * Waits until the delivery is to start again: at whose request; undefined when it has been parked for too long.
   *
   * Signals can be missed, by a delivery that parks just when its tenant recovers: so it also looks by itself, soon
   * after parking and now and then.
   */
  async wait({ reason, epoch, policy }: ParkedRound): Promise<RetryRequester | undefined> {
    const expiresAt = Date.now() + policy.parkedExpiryMs;
    let recheckMs = policy.firstRecheckMs;
    this.#isParked = true;
    this.#requestedBy = undefined;
    if (!reason.held) this.#recoveries += 1;
    while (Date.now() < expiresAt) {
      const timeoutMs = Math.min(recheckMs, expiresAt - Date.now());
      const isRequested = await condition(() => this.#hasRequest(), timeoutMs, {
        summary: summaryFor('parked; looks by itself whether its trouble is over'),
      });
      if (!isRequested) await this.#recheck(epoch);
      if (this.#hasRequest()) break;
      recheckMs = policy.recheckMs;
    }
    this.#isParked = false;
    return this.#requestedBy;
  }

  async #recheck(epoch: number): Promise<void> {
    const found = await recheckParked({ tenantId: this.tenantId, epoch });
    if (found === 'retry') this.requestRetry('recovery');
    // The next round then ends the delivery.
    if (found === 'disconnected') this.#requestedBy ??= 'recovery';
  }

  #hasRequest(): boolean {
    return this.#requestedBy !== undefined;
  }
}
