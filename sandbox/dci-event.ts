import { createHmac } from 'node:crypto';

/** A conversation as DCI's webhook tells of it. */
export type DciConversation = Record<string, unknown>;

/** The webhook of DCI's documentation (REST API v1), with a conversation of one's own in parts. */
export function completedEvent(conversation: DciConversation = {}, event: Record<string, unknown> = {}) {
  return {
    event: 'conversation.completed',
    timestamp: '2026-02-08T00:00:00.000Z',
    data: {
      conversation: {
        id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
        title: 'Discovery call — Acme',
        company: 'Acme',
        date: '2026-02-07T09:00:00.000Z',
        duration: 1800,
        medium: 'call',
        sentiment: 'positive',
        conversation_type: 'sales',
        summary: 'Summary text...',
        department: { id: '11111111-2222-3333-4444-555555555555', name: 'B2B Sales' },
        user: {
          id: '66666666-7777-8888-9999-000000000000',
          name: 'Erik Lindström',
          email: 'erik.lindstrom@telco-demo.test',
        },
        participants: [{ name: 'Jane Doe', email: 'jane@acme.com', role: 'customer' }],
        ...conversation,
      },
    },
    _meta: { token_prefix: 'mt_ab12cd34', delivery_id: 'bbbbbbbb-cccc-dddd-eeee-ffffffffffff' },
    ...event,
  };
}

/** The headers by which DCI signs a webhook. The time is not part of what is signed. */
export function webhookHeaders(
  secret: string,
  body: string,
  { event = 'conversation.completed', at = new Date() }: { event?: string; at?: Date } = {},
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'x-webhook-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    'x-webhook-event': event,
    'x-webhook-delivery-id': 'bbbbbbbb-cccc-dddd-eeee-ffffffffffff',
    'x-webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
  };
}
