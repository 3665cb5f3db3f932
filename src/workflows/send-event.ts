import { proxyActivities, setCurrentDetails } from '@temporalio/workflow';
import type { Activities, SendEventInput, SendEventOutcome } from '../activities/types.js';

/** No limit of attempts: `postEvent` ends by itself, and brings the pauses of its schedule. */
const { postEvent } = proxyActivities<Activities>({
  startToCloseTimeout: '1m',
  retry: { initialInterval: '5s', maximumInterval: '1h' },
});

/** Tells DCI of one event, until it took it or three days are over. Never fails: nobody waits for it. */
export async function SendEvent(input: SendEventInput): Promise<SendEventOutcome> {
  const outcome = await postEvent(input);
  if (outcome === 'undeliverable') {
    setCurrentDetails(
      '**Undeliverable**: the receiver of events took it in none of the attempts, or wants no more.',
    );
  }
  return outcome;
}
