import { isScriptAddress } from './on-premises.js';

/**
 * The address of the receiver script. It carries the key in its query, because a script reads nothing else of a
 * JSON request but the body and `X-CRMSCRIPT-…` headers: the whole URL is a secret, never to be logged or returned.
 *
 * Source: SuperOffice docs, build-custom-rest-api-methods.
 *
 * @param endpoint the tenant's public address from the state API, such as `https://online2.superoffice.com/Cust12345`,
 *   or that of the script itself, on premises
 */
export function scriptUrl(endpoint: string, includeId: string, key: string): URL {
  const url = new URL(
    isScriptAddress(endpoint) ? endpoint : `${endpoint.replace(/\/+$/, '')}/CS/scripts/customer.fcgi`,
  );
  url.search = new URLSearchParams({ action: 'safeParse', includeId, key }).toString();
  return url;
}
