import type { DeliveryResult, DeliveryState } from '../../../domain/delivery.js';
import type { Tone } from '../components/alert.js';
import { Badge } from '../components/badge.js';
import type { PageContext } from '../page-context.js';

const toneOf: Record<DeliveryState, Tone> = {
  delivering: 'info',
  parked: 'bad',
  delivered: 'good',
  skipped: 'quiet',
  cancelled: 'quiet',
  superseded: 'quiet',
  expired: 'bad',
  failed: 'bad',
};

/** Where a delivery stands, in a word. */
export function DeliveryBadge({
  page,
  state,
  result,
}: {
  page: PageContext;
  state: DeliveryState;
  result?: DeliveryResult | undefined;
}): JSX.Element {
  const { deliveryStates, nobodyFound } = page.messages.settings;
  if (result === 'no-match') return <Badge tone="warn" label={nobodyFound} />;
  return <Badge tone={toneOf[state]} label={deliveryStates[state]} />;
}
