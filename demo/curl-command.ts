const HOUR_MS = 3_600_000;

/**
 * A command that hands a summary of a meeting of the last hour in, to be pasted into a shell.
 *
 * @param api a tenant's address and token
 */
export function curlCommand({
  url,
  tenantId,
  token,
}: {
  url: string;
  tenantId: string;
  token: string;
}): string {
  const end = new Date();
  const summary = {
    meetingId: `my-meeting-${end.getTime().toString(36)}`,
    meetingName: 'Kick-off',
    summary: '## Decisions\n\nWe agreed to start.',
    startsAt: new Date(end.getTime() - HOUR_MS).toISOString(),
    endsAt: end.toISOString(),
    presenterEmail: 'sara.holm@dstny-demo.example',
    participantEmails: ['asa.akerlund@akerlunds.example'],
  };
  return [
    `curl -X POST ${url}/v1/tenants/${tenantId}/summaries`,
    `-H 'authorization: Bearer ${token}' -H 'content-type: application/json'`,
    `-d '${JSON.stringify(summary)}'`,
  ].join(' \\\n  ');
}
