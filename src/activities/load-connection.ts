import { activityInfo } from '@temporalio/activity';
import { holdOf } from '../domain/connection.js';
import { wordsOf } from '../domain/diagnosis.js';
import type { Revisions } from '../store/revisions.js';
import { buildPayload } from '../superoffice/payload.js';
import type { TryAtOnce } from './first-attempt.js';
import type { Activities, DeliveryPolicy } from './types.js';

export interface LoadConnectionDependencies {
  revisions: Revisions;
  policy: DeliveryPolicy;
  tryAtOnce: TryAtOnce;
}

/**
 * `loadConnection` (local): the tenant's connection as far as a workflow may see it, without its secret; this
 * summary's place among those of its meeting; what is to be pushed; and the first attempt, where it can be made at
 * once. All in one: each activity of its own is another entry into workflow code, the dearest part of a delivery that
 * goes well.
 */
export function createLoadConnection({
  revisions,
  policy,
  tryAtOnce,
}: LoadConnectionDependencies): Activities['loadConnection'] {
  return async (input) => {
    const entry = await revisions.enter(input);
    if (!entry) return { status: 'unavailable', reason: 'not-connected' };
    const { connection, entered } = entry;
    if (!entered) return { status: 'superseded' };
    const { timeZone, epoch } = connection;
    const usable = { epoch, policy, ...entered };
    const code = holdOf(connection, input.insist);
    if (code !== null) return { status: 'held', code, words: wordsOf(code), ...usable };

    const { tenantId, deliveryId, meeting, text, force = false } = input;
    const { revision, supersedes } = entered;
    const payload = meeting && buildPayload({ deliveryId, revision, force }, meeting, connection);
    // What was cut off may have called already; an earlier summary of the meeting gives way first.
    const mayTry = activityInfo().attempt === 1 && supersedes === undefined;
    const first =
      mayTry && payload && text !== undefined
        ? await tryAtOnce(connection, { tenantId, payload, summary: text })
        : undefined;
    const isLeft = first === undefined || first.next === 'retry';
    return {
      status: 'connected',
      timeZone,
      ...usable,
      ...(first && { first }),
      ...(payload && isLeft && { payload }),
    };
  };
}
