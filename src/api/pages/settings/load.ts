import { DEFAULT_TIME_ZONE } from '../../../domain/connection.js';
import { UnavailableError } from '../../../domain/errors.js';
import type { ApiDependencies } from '../../dependencies.js';
import type { DeliveryListView } from './delivery-list.js';
import { conditionOf, type DeliveryFilter } from './delivery-filter.js';
import type { DeliveryView } from './delivery-section.js';
import { createMeetingNames } from './meeting-names.js';
import type { ConnectionView, SettingsContext } from './view.js';

const PAGE_SIZE = 20;

/** Reads what the pages of a tenant show. */
export interface SettingsLoader {
  connection(context: SettingsContext): Promise<ConnectionView>;
  /** While Temporal is away there is no listing, and the rest of the page is there all the same. */
  list(
    context: SettingsContext,
    options: { filter: DeliveryFilter; cursor?: string | undefined },
  ): Promise<DeliveryListView>;
  /** @throws NotFoundError when the tenant has no such delivery */
  delivery(context: SettingsContext, deliveryId: string): Promise<DeliveryView>;
}

type LoaderDependencies = Pick<
  ApiDependencies,
  'connections' | 'connectionChanges' | 'deliveries' | 'superOfficeDomain'
>;

export function createSettingsLoader(dependencies: LoaderDependencies): SettingsLoader {
  const { connections, connectionChanges, deliveries, superOfficeDomain } = dependencies;
  const meetingNames = createMeetingNames(deliveries);
  return {
    async connection(context) {
      const { tenantId } = context.session;
      const connection = await connections.find(tenantId);
      const test = connection && (await whileThere(connectionChanges.testState(tenantId)));
      // A test from before the last change says nothing about the connection as it is.
      const isOld = test?.state === 'ended' && connection && test.startedAt < connection.updatedAt;
      return { ...context, connection, superOfficeDomain, test: isOld ? undefined : test };
    },

    async list(context, { filter, cursor }) {
      const { tenantId } = context.session;
      const [connection, listing, parkedCount = 0] = await Promise.all([
        connections.find(tenantId),
        whileThere(deliveries.list({ tenantId, ...conditionOf(filter), limit: PAGE_SIZE, cursor })),
        whileThere(deliveries.countParked(tenantId)),
      ]);
      const ids = listing?.deliveries.map(({ deliveryId }) => deliveryId) ?? [];
      return {
        ...context,
        filter,
        listing,
        parkedCount,
        meetings: (await whileThere(meetingNames(tenantId, ids))) ?? new Map(),
        isConnected: connection !== undefined,
        timeZone: connection?.timeZone ?? DEFAULT_TIME_ZONE,
        cursor,
      };
    },

    async delivery(context, deliveryId) {
      const { tenantId } = context.session;
      const [connection, delivery, course, meetings] = await Promise.all([
        connections.find(tenantId),
        deliveries.describe(tenantId, deliveryId),
        deliveries.course(tenantId, deliveryId),
        meetingNames(tenantId, [deliveryId]),
      ]);
      return {
        ...context,
        delivery,
        course,
        meeting: meetings.get(deliveryId),
        timeZone: connection?.timeZone ?? DEFAULT_TIME_ZONE,
      };
    },
  };
}

/** Undefined while Temporal is away. */
async function whileThere<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof UnavailableError) return undefined;
    throw error;
  }
}
