/** What an address of a customer's SuperOffice tells. */
export interface SuperOfficeAddress {
  /** The label before the domain, in lower case: `online2`. */
  domainPrefix: string;
  /** As written in the address: `Cust12345`. */
  customerInstance?: string;
  /** From the address of the receiver script. */
  includeId?: string;
  /** The key, from the address of the receiver script: a secret. */
  token?: string;
}

/** One label of a host name. Names in other alphabets (`xn--`) are none of SuperOffice's. */
const PREFIX_PATTERN = /^(?!xn--)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** SuperOffice docs, check-status: the customer's context identifier, `Cust` and a number. */
export const CUSTOMER_INSTANCE_PATTERN = /^cust\d{1,10}$/i;

/** Where the receiver script is, whoever the customer (SuperOffice docs, build-custom-rest-api-methods). */
const SCRIPT_PATH = /\/CS\/scripts\/customer\.fcgi$/i;

/**
 * Reads what an admin may enter for the domain prefix: the bare prefix (`online2`), a host
 * (`online2.superoffice.com`), the address of any page of the customer's SuperOffice, or that of the receiver script
 * with include name and key. Undefined for everything else, above all for every other host.
 *
 * @param domain the SuperOffice domain, with its port where it has one: `superoffice.com`
 */
export function parseSuperOfficeAddress(entered: string, domain: string): SuperOfficeAddress | undefined {
  const text = entered.trim();
  const bare = text.toLowerCase();
  if (PREFIX_PATTERN.test(bare)) return { domainPrefix: bare };
  const url = parseUrl(text);
  if (url?.username !== '' || url.password !== '') return undefined;
  const domainPrefix = prefixOf(url.host, domain);
  if (domainPrefix === undefined) return undefined;
  return { domainPrefix, ...customerOf(url), ...scriptOf(url) };
}

/** A host without a scheme is meant as HTTPS; `http://` is as good to read, since only its parts are kept. */
function parseUrl(text: string): URL | undefined {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/**
 * The label before the domain; undefined where the host is not exactly one plain label and the domain.
 *
 * @param host in lower case, with its port where it has one, as `URL.host` has it
 */
export function prefixOf(host: string, domain: string): string | undefined {
  const suffix = `.${domain}`;
  const prefix = host.slice(0, -suffix.length);
  return host === prefix + suffix && PREFIX_PATTERN.test(prefix) ? prefix : undefined;
}

function customerOf({ pathname }: URL): Pick<SuperOfficeAddress, 'customerInstance'> {
  const [, first = ''] = pathname.split('/');
  return CUSTOMER_INSTANCE_PATTERN.test(first) ? { customerInstance: first } : {};
}

function scriptOf({ pathname, searchParams }: URL): Pick<SuperOfficeAddress, 'includeId' | 'token'> {
  if (!SCRIPT_PATH.test(pathname)) return {};
  const includeId = searchParams.get('includeId')?.trim();
  const token = searchParams.get('key')?.trim();
  return { ...(includeId && { includeId }), ...(token && { token }) };
}
