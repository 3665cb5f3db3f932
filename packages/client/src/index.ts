export { createClient, type Client, type ClientOptions } from './client.js';
export {
  ClientError,
  ProblemError,
  type ProblemName,
  UnexpectedAnswerError,
  UnreachableError,
} from './errors.js';
export type { components, operations, paths } from './schema.js';
export type { ConnectOptions, TenantClient } from './tenant.js';
export type {
  Accepted,
  Connection,
  ConnectionInput,
  ConnectionTest,
  Delivery,
  DeliveryFilter,
  DeliveryList,
  DeliveryListItem,
  DeliveryState,
  Disconnected,
  Overview,
  PortalLink,
  PortalLinkOptions,
  Problem,
  Skipped,
  Submission,
  Summary,
} from './types.js';
