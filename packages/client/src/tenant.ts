import { setTimeout as sleep } from 'node:timers/promises';
import type { Client as FetchClient } from 'openapi-fetch';
import { answered } from './answered.js';
import { ClientError, ProblemError, UnreachableError } from './errors.js';
import type { paths } from './schema.js';
import type {
  Connection,
  ConnectionInput,
  ConnectionTest,
  Delivery,
  DeliveryFilter,
  DeliveryList,
  DeliveryListItem,
  Disconnected,
  PortalLink,
  PortalLinkOptions,
  Submission,
  Summary,
} from './types.js';

/** How a connect waits. */
export interface ConnectOptions {
  /** For how long, where it takes longer than the service waits for it. In milliseconds; 60 s by default. */
  waitMs?: number;
}

/** What the service does for one tenant. */
export interface TenantClient {
  readonly tenantId: string;
  /** Hands a summary in. */
  submit(summary: Summary): Promise<Submission>;
  /**
   * Connects, and waits until the connection stands; first for another change that is under way. That may be this
   * very one, where the answer to it was lost.
   *
   * @throws ProblemError of kind `connection-refused` when SuperOffice takes no connection to this customer; of kind
   * `conflict` when another change goes on for longer than `waitMs`
   */
  connect(input: ConnectionInput, options?: ConnectOptions): Promise<Connection>;
  connection(): Promise<Connection>;
  pause(): Promise<Connection>;
  resume(): Promise<Connection>;
  /** A real test call; joins one that is under way. */
  test(): Promise<ConnectionTest>;
  /** @returns what was cancelled with it; undefined when it takes longer, and goes on */
  disconnect(): Promise<Disconnected | undefined>;
  /** A link that lets an admin of the tenant into its settings page; good for a few minutes. */
  portalLink(options?: PortalLinkOptions): Promise<PortalLink>;
  /** One page, the newest first. */
  deliveries(filter?: DeliveryFilter): Promise<DeliveryList>;
  /** All pages, one delivery after the other. */
  eachDelivery(filter?: Omit<DeliveryFilter, 'cursor'>): AsyncGenerator<DeliveryListItem, void>;
  delivery(deliveryId: string): Promise<Delivery>;
  /** Starts a parked delivery again. */
  retry(deliveryId: string): Promise<void>;
  cancel(deliveryId: string): Promise<void>;
  /** Sends a delivery that has ended once more. */
  resend(deliveryId: string, options?: { force?: boolean }): Promise<void>;
  /** Starts everything parked again: how many that are. */
  retryAll(): Promise<number>;
}

const CONNECT_WAIT_MS = 60_000;
const PAUSE_MS = 500;

/** The routes of one tenant. */
export function createTenantClient(http: FetchClient<paths>, tenantId: string): TenantClient {
  const path = { tenantId };
  const ofTenant = { params: { path } };
  const ofDelivery = (deliveryId: string) => ({ params: { path: { tenantId, deliveryId } } });

  /** The connection, or why there is none yet. */
  async function tryToConnect(body: ConnectionInput): Promise<Connection | ClientError> {
    try {
      const answer = answered(
        await http.PUT('/v1/tenants/{tenantId}/connections/superoffice', { ...ofTenant, body }),
      );
      return answer.state === 'connecting'
        ? new UnreachableError('The connect takes long; it goes on.')
        : answer;
    } catch (error) {
      if (error instanceof ProblemError && error.kind === 'conflict') return error;
      throw error;
    }
  }

  async function setEnabled(enabled: boolean): Promise<Connection> {
    const options = { ...ofTenant, body: { enabled } };
    return answered(await http.PATCH('/v1/tenants/{tenantId}/connections/superoffice', options));
  }

  return {
    tenantId,

    async submit(body) {
      return answered(await http.POST('/v1/tenants/{tenantId}/summaries', { ...ofTenant, body }));
    },

    async connect(input, { waitMs = CONNECT_WAIT_MS } = {}) {
      const deadline = Date.now() + waitMs;
      for (;;) {
        // Made again once the first one is over, it is answered with how it ended.
        const connection = await tryToConnect(input);
        if (!(connection instanceof ClientError)) return connection;
        if (Date.now() > deadline) throw connection;
        await sleep(PAUSE_MS);
      }
    },

    async connection() {
      return answered(await http.GET('/v1/tenants/{tenantId}/connections/superoffice', ofTenant));
    },

    pause: () => setEnabled(false),
    resume: () => setEnabled(true),

    async test() {
      for (;;) {
        const answer = answered(
          await http.POST('/v1/tenants/{tenantId}/connections/superoffice/test', ofTenant),
        );
        if (!('state' in answer)) return answer;
      }
    },

    async disconnect() {
      const answer = answered(await http.DELETE('/v1/tenants/{tenantId}/connections/superoffice', ofTenant));
      return answer.state === 'disconnected' ? answer : undefined;
    },

    async portalLink(body = {}) {
      return answered(await http.POST('/v1/tenants/{tenantId}/portal-links', { ...ofTenant, body }));
    },

    async deliveries(query = {}) {
      return answered(await http.GET('/v1/tenants/{tenantId}/deliveries', { params: { path, query } }));
    },

    async *eachDelivery(filter = {}) {
      let cursor: string | undefined;
      do {
        const page = await this.deliveries({ ...filter, ...(cursor !== undefined && { cursor }) });
        yield* page.deliveries;
        cursor = page.nextCursor;
      } while (cursor !== undefined);
    },

    async delivery(deliveryId) {
      return answered(
        await http.GET('/v1/tenants/{tenantId}/deliveries/{deliveryId}', ofDelivery(deliveryId)),
      );
    },

    async retry(deliveryId) {
      await http.POST('/v1/tenants/{tenantId}/deliveries/{deliveryId}/retry', ofDelivery(deliveryId));
    },

    async cancel(deliveryId) {
      await http.POST('/v1/tenants/{tenantId}/deliveries/{deliveryId}/cancel', ofDelivery(deliveryId));
    },

    async resend(deliveryId, body = {}) {
      const options = { ...ofDelivery(deliveryId), body };
      await http.POST('/v1/tenants/{tenantId}/deliveries/{deliveryId}/resend', options);
    },

    async retryAll() {
      return answered(await http.POST('/v1/tenants/{tenantId}/deliveries/retry', ofTenant)).retried;
    },
  };
}
