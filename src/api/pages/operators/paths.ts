/** The operators' pages; routes are given below it. */
export const OPERATORS_PREFIX = '/operators';

export const SIGN_IN_ROUTE = '/sign-in';
export const SIGN_OUT_ROUTE = '/sign-out';
export const OVERVIEW_ROUTE = '/overview';
export const RETRY_TENANT_ROUTE = '/tenants/:tenantId/retry';
export const RETRY_TROUBLE_ROUTE = '/troubles/:trouble/retry';
export const OPEN_SETTINGS_ROUTE = '/settings';

/** The address of a route, with its parameters. */
export function operatorsPath(route = '', parameters: Record<string, string> = {}): string {
  const filled = route.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(parameters[name] ?? ''));
  return OPERATORS_PREFIX + filled;
}
