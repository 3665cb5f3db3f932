/** Addresses of receiver scripts outside SuperOffice's cloud, by customer instance. */
export type OnPremises = ReadonlyMap<string, string>;

/** Where an installation has its scripts (SuperOffice docs, table-service-in-sales: "Onsite"); old ones end in `.exe`. */
const SCRIPT_PATH = /\/customer\.(fcgi|exe)$/i;

/** Whether an endpoint is the address of a script itself, and not that of a tenant with its scripts below it. */
export function isScriptAddress(endpoint: string): boolean {
  return SCRIPT_PATH.test(new URL(endpoint).pathname);
}

/**
 * Reads the allow-list: `Cust90001=https://crm.example.com/scripts/customer.fcgi`, separated by commas.
 *
 * @throws Error that says what is wrong, and quotes nothing
 */
export function parseOnPremises(text: string): OnPremises {
  return new Map(
    text.split(',').map((entry) => {
      const [, customerInstance, address = ''] = /^\s*(Cust\d{1,10})=(\S+)\s*$/.exec(entry) ?? [];
      if (customerInstance === undefined || !isPlainScriptUrl(address)) {
        throw new Error(
          'must be customer instances and addresses of scripts, such as ' +
            'Cust90001=https://crm.example.com/scripts/customer.fcgi, separated by commas',
        );
      }
      return [customerInstance, new URL(address).href] as const;
    }),
  );
}

/** HTTPS, and nothing in it but host, port and path: the rest is added at each call. */
function isPlainScriptUrl(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password, search, hash, pathname } = new URL(address);
  return (
    protocol === 'https:' && `${username}${password}${search}${hash}` === '' && SCRIPT_PATH.test(pathname)
  );
}
