import type { components, paths } from './schema.js';

type Schemas = components['schemas'];

/** A meeting's summary, as it is handed in. */
export type Summary = Schemas['Summary'];
export type Accepted = Schemas['Accepted'];
export type Skipped = Schemas['Skipped'];
/** What became of a summary at the door. */
export type Submission = Accepted | (Skipped & { deliveryId?: never });

/** What an admin enters to connect a tenant. */
export type ConnectionInput =
  paths['/v1/tenants/{tenantId}/connections/superoffice']['put']['requestBody']['content']['application/json'];
/** A connection, without its token. */
export type Connection = Schemas['Connection'];
export type ConnectionTest = Schemas['ConnectionTest'];
export type Disconnected = Schemas['Disconnected'];

/** What a link to the settings page is to open. */
export type PortalLinkOptions = NonNullable<Schemas['NewPortalLink']>;
export type PortalLink = Schemas['PortalLink'];
/** How all tenants are. */
export type Overview = Schemas['OperationsOverview'];

export type Delivery = Schemas['Delivery'];
export type DeliveryState = Delivery['state'];
/** One page of deliveries. */
export type DeliveryList = Schemas['DeliveryList'];
/** One line of it. */
export type DeliveryListItem = DeliveryList['deliveries'][number];
/** Which deliveries, and which page of them. */
export type DeliveryFilter = NonNullable<
  paths['/v1/tenants/{tenantId}/deliveries']['get']['parameters']['query']
>;

/** What the service answers when it refuses (RFC 9457). */
export type Problem = Schemas['Problem'];
