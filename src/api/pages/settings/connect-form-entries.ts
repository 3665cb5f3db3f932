import { z } from 'zod';
import {
  type ConnectionInput,
  connectionInputMessages,
  connectionInputSchema,
} from '../../../domain/connection-input.js';
import { parseSuperOfficeAddress } from '../../../domain/superoffice-address.js';

/** What a field may be told: a key of the domain's messages, and of their translations. */
export type FieldProblem = keyof ReturnType<typeof connectionInputMessages>;

/** The form as it was sent: everything is optional until the domain has looked at it. */
export const connectFormSchema = z.object({
  domainPrefix: z.string().default(''),
  customerInstance: z.string().default(''),
  token: z.string().default(''),
  includeId: z.string().default(''),
  signingSecret: z.string().default(''),
  timeZone: z.string().default(''),
});
type ConnectForm = z.output<typeof connectFormSchema>;

/** What can be written into the form again: everything but the secrets. */
export type FormEntries = Omit<ConnectForm, 'token' | 'signingSecret'>;

/** What is wrong, by the field that shows it. */
export type FormProblems = Partial<Record<keyof ConnectForm, FieldProblem>>;

/** A form, understood; or what is wrong with it, and what can be shown of it again. */
export type ReadForm =
  { input: ConnectionInput; entries: FormEntries } | { problems: FormProblems; entries: FormEntries };

/** Reads the form by the same rules as the API does. */
export function readConnectForm(form: ConnectForm, domain: string): ReadForm {
  const { timeZone, signingSecret, ...given } = form;
  const result = connectionInputSchema(domain).safeParse({
    ...given,
    ...(timeZone !== '' && { timeZone }),
    ...(signingSecret !== '' && { signingSecret }),
  });
  if (result.success) {
    const { token: _token, signingSecret: _secret, ...entries } = result.data;
    return { input: result.data, entries };
  }
  const names = Object.entries(connectionInputMessages(domain)) as [FieldProblem, string][];
  const problems: FormProblems = {};
  for (const { path, message } of result.error.issues) {
    const field = path[0] as keyof ConnectForm;
    problems[field] ??= names.find(([, text]) => text === message)?.[0] ?? 'domainPrefix';
  }
  return { problems, entries: entriesOf(form, domain) };
}

/** An address that was pasted comes back in its parts, without the key that it may carry. */
function entriesOf(
  { token: _token, signingSecret: _secret, ...form }: ConnectForm,
  domain: string,
): FormEntries {
  const address = parseSuperOfficeAddress(form.domainPrefix, domain);
  return {
    ...form,
    domainPrefix: address?.domainPrefix ?? form.domainPrefix.split('?')[0] ?? '',
    customerInstance: form.customerInstance || (address?.customerInstance ?? ''),
    includeId: form.includeId || (address?.includeId ?? ''),
  };
}
