import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createEventSender, type EventSender } from '../../src/events/event-sender.js';
import { type EventReceiver, startEventReceiver } from '../support/event-receiver.js';

const NEW_SECRET = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
const OLD_SECRET = `whsec_${Buffer.alloc(32, 2).toString('base64')}`;

let receiver: EventReceiver;
let sender: EventSender;
beforeAll(async () => {
  receiver = await startEventReceiver();
  sender = createEventSender({ url: receiver.url, secrets: [NEW_SECRET, OLD_SECRET] });
});
beforeEach(() => receiver.reset());
afterAll(async () => {
  await sender.close();
  await receiver.close();
});

test('signs as Standard Webhooks does, with each secret that is in use', async () => {
  expect(await sender.send('msg_1', '{"type":"delivery.parked"}')).toEqual({ status: 'taken' });
  const [{ headers, body } = { headers: {}, body: '' }] = receiver.received;
  for (const secret of [NEW_SECRET, OLD_SECRET]) {
    expect(new Webhook(secret).verify(body, headers)).toEqual({ type: 'delivery.parked' });
  }
  // The same by hand, as the specification has it.
  const signed = `msg_1.${headers['webhook-timestamp'] ?? ''}.${body}`;
  const mac = createHmac('sha256', Buffer.alloc(32, 1)).update(signed).digest('base64');
  expect(headers['webhook-signature']?.split(' ')[0]).toBe(`v1,${mac}`);
});

test.each([500, 503, 404, 302])('a %i is a failure; a redirect is not followed', async (status) => {
  receiver.answers.push({ status, location: `${receiver.url}/elsewhere` });
  expect(await sender.send('msg_2', '{}')).toEqual({ status: 'failed', httpStatus: status });
  expect(receiver.received).toHaveLength(1);
});

test('a 429 tells how long to wait', async () => {
  receiver.answers.push({ status: 429, retryAfter: '7' });
  expect(await sender.send('msg_3', '{}')).toEqual({
    status: 'failed',
    httpStatus: 429,
    retryAfterMs: 7_000,
  });
});

test('a 410 wants no more', async () => {
  receiver.answers.push({ status: 410 });
  expect(await sender.send('msg_4', '{}')).toEqual({ status: 'gone' });
});

test('nobody there is a failure', async () => {
  const nobody = createEventSender({ url: 'http://127.0.0.1:9/', secrets: [NEW_SECRET] });
  expect(await nobody.send('msg_5', '{}')).toEqual({ status: 'failed' });
  await nobody.close();
});
