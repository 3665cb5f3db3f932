import { z } from 'zod';
import { DEFAULT_INCLUDE_ID, DEFAULT_TIME_ZONE } from './connection.js';
import { CUSTOMER_INSTANCE_PATTERN, parseSuperOfficeAddress } from './superoffice-address.js';

/**
 * What an admin is told of an entry that can't be taken, by a name under which other languages have it.
 *
 * @param domain the SuperOffice domain: `superoffice.com`
 */
export function connectionInputMessages(domain: string) {
  return {
    domainPrefix:
      `Give the subdomain of your SuperOffice address, such as "online2", ` +
      `or the whole address, such as "https://online2.${domain}/Cust12345".`,
    ...messages,
  };
}

const messages = {
  customerInstance: 'Give the customer instance as in your SuperOffice address, such as "Cust12345".',
  token: 'Give the key of the receiver script in SuperOffice.',
  tokenTooLong: 'The key of a SuperOffice script has at most 255 characters.',
  tokenControlCharacters: 'The key must not contain control characters.',
  tokenIsAddress: 'Give only the key, or the whole address of the script as the domain prefix.',
  includeIdTooLong: 'The include name of a SuperOffice script has at most 255 characters.',
  includeIdControlCharacters: 'The include name must not contain control characters.',
  signingSecret: 'Give a signing secret of 16 to 128 letters, digits and the characters . _ ~ + / = -',
  timeZone: 'Give a time zone of the IANA database, such as "Europe/Stockholm".',
  contradiction: 'The address in the domain prefix says something else; give one of the two.',
};

/** Not as `\p{Cc}`: the document of the API is read by programs whose expressions know no such classes. */
const NO_CONTROL_CHARACTERS = /^[^\u0000-\u001f\u007f-\u009f]*$/;

/** Longer than any address with an include name and a key of 255 characters each, percent-encoded. */
const MAX_ADDRESS_LENGTH = 8_000;

const customerInstance = z
  .string()
  .trim()
  .refine((text) => text === '' || CUSTOMER_INSTANCE_PATTERN.test(text), messages.customerInstance)
  .transform((text) => (text === '' ? '' : `Cust${text.slice('Cust'.length)}`));

/** SuperOffice keeps a script's key in 255 characters (docs: database, ejscript.access_key). */
const token = z
  .string()
  .trim()
  .max(255, messages.tokenTooLong)
  .regex(NO_CONTROL_CHARACTERS, messages.tokenControlCharacters)
  .refine((text) => !/^https?:\/\/|customer\.fcgi/i.test(text), messages.tokenIsAddress);

/**
 * Characters that need no escape in a string of CRMScript, and of ASCII alone: how SuperOffice turns a key into bytes
 * is not documented.
 */
const signingSecret = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._~+/=-]{16,128}$/, messages.signingSecret);

/** Include name of the script (docs: database, ejscript.include_id, 255 characters). */
const includeId = z
  .string()
  .trim()
  .max(255, messages.includeIdTooLong)
  .regex(NO_CONTROL_CHARACTERS, messages.includeIdControlCharacters);

const timeZone = z.string().trim().refine(isTimeZone, messages.timeZone);

/** What may be left out or left empty, because the address may carry it. */
const fromAddress = { customerInstance, token, includeId };

type FromAddress = keyof typeof fromAddress;

/**
 * What an admin enters to connect a tenant to SuperOffice. Where an address is pasted in place of the domain prefix,
 * what it carries may be left out of the other fields. No message quotes what was entered: it may carry the key.
 *
 * @param domain the SuperOffice domain: `superoffice.com`
 */
export function connectionInputSchema(domain: string) {
  const { domainPrefix: prefixMessage } = connectionInputMessages(domain);
  const address = z
    .string()
    .max(MAX_ADDRESS_LENGTH, prefixMessage)
    .transform((entered, context) => {
      const parsed = parseSuperOfficeAddress(entered, domain);
      if (parsed) return parsed;
      context.addIssue(prefixMessage);
      return z.NEVER;
    });

  return z
    .object({
      domainPrefix: address.describe(
        'Subdomain of the customer’s SuperOffice, such as "online2"; or a whole address of it, then split: also that of the receiver script, with include name and key.',
      ),
      customerInstance: customerInstance.optional().describe('Such as "Cust12345".'),
      token: token.optional().describe('Key of the receiver script. Kept sealed, never shown.'),
      includeId: includeId
        .optional()
        .describe(`Include name of the receiver script; "${DEFAULT_INCLUDE_ID}" if none is given.`),
      signingSecret: signingSecret
        .optional()
        .describe(
          'Secret that the receiver script checks requests with, the same as in the script. Kept sealed, never shown; left out, requests go unsigned.',
        ),
      timeZone: timeZone.default(DEFAULT_TIME_ZONE).describe('SuperOffice’s base time zone (IANA).'),
    })
    .meta({
      inputExamples: [
        { domainPrefix: 'online2', customerInstance: 'Cust12345', token: 'the key of the receiver script' },
      ],
    })
    .transform(({ domainPrefix: pasted, timeZone, signingSecret, ...entered }, context) => {
      const settle = (field: FromAddress, missing?: string): string => {
        const { value = '', problem } = settled(field, pasted[field], entered[field]);
        const message = problem ?? (value === '' ? missing : undefined);
        if (message !== undefined) context.addIssue({ code: 'custom', path: [field], message });
        return value;
      };
      return {
        domainPrefix: pasted.domainPrefix,
        customerInstance: settle('customerInstance', messages.customerInstance),
        token: settle('token', messages.token),
        includeId: settle('includeId') || DEFAULT_INCLUDE_ID,
        timeZone,
        ...(signingSecret !== undefined && { signingSecret }),
      };
    });
}

/** What is left of it once it is understood. */
export type ConnectionInput = z.output<ReturnType<typeof connectionInputSchema>>;

/** The one value that address and field agree on, or why there is none. */
function settled(
  field: FromAddress,
  pasted: string | undefined,
  entered: string | undefined,
): { value?: string; problem?: string } {
  if (pasted === undefined) return { value: entered ?? '' };
  const { data, error } = fromAddress[field].safeParse(pasted);
  if (data === undefined) return { problem: error.issues[0]?.message ?? 'is wrong' };
  return !entered || entered === data ? { value: data } : { problem: messages.contradiction };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
