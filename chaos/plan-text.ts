import { faultKinds, type FaultKind } from './fault-kinds.js';
import type { ChaosPlan, PlannedEvent } from './plan.js';
import { grouped, percent } from './verdict.js';

const effects: Record<FaultKind['effect'], string> = {
  retry: 'tried again',
  filed: 'filed, and the answer late or lost',
  park: 'the delivery is parked',
  'park-tenant': 'all of the tenant is parked',
};

/** A plan for people, before it is carried out. */
export function describePlan(plan: ChaosPlan): string {
  const { seed, deliveries, tenants, seconds, ratePerSecond, killList, events, faultShare } = plan;
  return [
    `Seed ${seed}: ${grouped(deliveries)} summaries of ${tenants} tenants in ${seconds} s or more, ` +
      `${ratePerSecond} a second at most.`,
    `${plan.refused.size} of them the receiver script refuses for good, ${plan.cancelled.size} are cancelled.`,
    '',
    `kill -9 (${killList.length}), second and process:`,
    ...killList.map(({ second, process }) => `  ${second.toFixed(1).padStart(6)}  ${process}`),
    '',
    'Tenants:',
    ...events.map(describeEvent),
    '',
    `Calls of SuperOffice that meet a fault: ${percent(faultShare)} at least, of the script and of the state API. ` +
      'Shares of the faults of the script:',
    ...describeFaults(),
  ].join('\n');
}

function describeEvent({ what, tenant, second, untilSecond }: PlannedEvent): string {
  const end = untilSecond === undefined ? '' : `, until second ${untilSecond}`;
  return `  ${second.toFixed(1).padStart(6)}  tenant ${tenant} ${what}${end}`;
}

function describeFaults(): string[] {
  const all = faultKinds.reduce((sum, { weight }) => sum + weight, 0);
  return Object.entries(effects).map(([effect, words]) => {
    const kinds = faultKinds.filter((kind) => kind.effect === effect);
    const names = kinds.map(({ name, weight }) => `${name} ${percent(weight / all)}`);
    return `  ${words}: ${names.join(', ')}`;
  });
}
