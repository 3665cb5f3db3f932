import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { createLogger } from '../../src/service/logger.js';

function logged(write: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  write(createLogger('info', stream));
  return lines.join('');
}

test('secrets and personal data that reach the logger by mistake are cut out, and the rest of the line stays', () => {
  const delivery = {
    deliveryId: 'd-1',
    token: 'zq7-token',
    sealedToken: 'zq7-sealed',
    summary: 'zq7-summary',
    presenterEmail: 'zq7-presenter',
    participantEmails: ['zq7-participant'],
    recordingUrl: 'zq7-recording',
    meetingName: 'zq7-meeting',
  };
  const request = {
    body: 'zq7-body',
    authorization: 'zq7-authorization',
    cookie: 'zq7-cookie',
    code: 'refused',
  };
  const line = logged((logger) => {
    logger.info({ ...delivery, delivery, request }, 'something happened');
    logger
      .child({ tenantId: 'acme', key: 'zq7-key', connection: { apiToken: 'zq7-api-token' } })
      .info('again');
  });
  expect(line).not.toContain('zq7');
  const [first, second] = line.split('\n').map((text) => JSON.parse(text || '{}') as object);
  expect(first).toMatchObject({
    service: 'dci-superoffice',
    deliveryId: 'd-1',
    delivery: { deliveryId: 'd-1' },
    request: { code: 'refused' },
    msg: 'something happened',
  });
  expect(second).toMatchObject({ tenantId: 'acme', msg: 'again' });
});
