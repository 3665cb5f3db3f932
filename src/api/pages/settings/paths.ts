/** Where the pages of tenants are; their routes are given below it. */
export const PORTAL_PREFIX = '/portal';

/** Where links lead: a session begins, and the address is cleaned of the ticket. */
export const OPEN_ROUTE = '/open';
export const OPEN_PATH = PORTAL_PREFIX + OPEN_ROUTE;
export const TICKET_PARAMETER = 'ticket';

/** The settings page of a tenant; its parts are below it. */
export const SETTINGS_ROUTE = '/:tenantId/superoffice';

export function settingsPath(tenantId: string, part = ''): string {
  return PORTAL_PREFIX + SETTINGS_ROUTE.replace(':tenantId', tenantId) + part;
}

/** The page of one delivery; what can be done to it is below it. */
export function deliveryPath(tenantId: string, deliveryId: string, verb = ''): string {
  return settingsPath(tenantId, `/deliveries/${deliveryId}${verb}`);
}
