import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPayloadCodec } from '../../src/temporal/codec.js';
import { generateKey, parseKeyRing } from '../../src/domain/key-ring.js';
import { ensureExecutable } from '../../src/temporal/dev-server/install-executable.js';
import { deliveryWorkflowId } from '../../src/temporal/names.js';
import { jsonOfPayload, payloadOfJson } from '../../src/api/schemas/codec.js';
import { API_TOKEN, type Harness, startHarness } from '../support/harness.js';
import { meetingSummaries } from '../support/meetings.js';
import { request, type RequestOptions } from '../support/request.js';

const UI_ORIGIN = 'https://temporal.example.com';
const context = { type: 'workflow', namespace: 'default', workflowId: '' } as const;
const secret = { summary: 'Only for those who may read it: åäö.' };
const plain = jsonOfPayload({
  metadata: { encoding: Buffer.from('json/plain') },
  data: Buffer.from(JSON.stringify(secret)),
});

type PayloadJson = typeof plain;

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness({ TEMPORAL_UI_URL: `${UI_ORIGIN}/ui/` });
  await harness.startWorker();
});
afterAll(() => harness.stop());

async function convert(direction: 'decode' | 'encode', payloads: unknown, options: RequestOptions = {}) {
  const body = { payloads };
  const answer = await request(harness.url, `/codec/${direction}`, { method: 'POST', body, ...options });
  return { ...answer, body: answer.body as { payloads: PayloadJson[]; detail?: string } };
}

async function sealed(keys = harness.config.payloadKeys): Promise<PayloadJson> {
  const [payload] = await createPayloadCodec(keys).encode([payloadOfJson(plain)], context);
  return jsonOfPayload(payload ?? {});
}

describe('the codec endpoint', () => {
  test('decodes what the service encrypted, in order, and leaves the rest as it is', async () => {
    const nothing = { metadata: { encoding: Buffer.from('binary/null').toString('base64') } };
    const answer = await convert('decode', [await sealed(), plain, nothing]);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ payloads: [plain, plain, { ...nothing, data: '' }] });
  });

  test('encrypts what is sent by the UI and the CLI, as the service does', async () => {
    const { body } = await convert('encode', [plain]);
    expect(JSON.stringify(body)).not.toContain(plain.data);
    expect((await convert('decode', body.payloads)).body).toEqual({ payloads: [plain] });
  });

  test('takes payloads as large as Temporal sends them', async () => {
    const large = { ...plain, data: Buffer.alloc(4 * 1024 * 1024, 'a').toString('base64') };
    const { status, body } = await convert('encode', [large]);
    expect(status).toBe(200);
    expect((await convert('decode', body.payloads)).body.payloads).toEqual([large]);
    const tooLarge = { ...plain, data: Buffer.alloc(5 * 1024 * 1024, 'a').toString('base64') };
    expect((await convert('encode', [tooLarge])).status).toBe(413);
  });

  test('reads nothing for callers without a token', async () => {
    const answer = await convert('decode', [await sealed()], { token: '' });
    expect(answer.status).toBe(401);
    expect(JSON.stringify(answer.body)).not.toContain(plain.data);
  });

  test('names a key that is not in the ring, and shows nothing', async () => {
    const foreign = await sealed(parseKeyRing(generateKey('long-gone')));
    const answer = await convert('decode', [await sealed(), foreign]);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({
      type: 'urn:dci-superoffice:problem:payload-unreadable',
      title: 'A payload can not be decoded',
      status: 422,
      detail: 'The key "long-gone" that encrypted this payload is not in PAYLOAD_KEYS.',
    });
  });

  test.each([
    ['altered', (data: Buffer) => Buffer.concat([data.subarray(0, -1), Buffer.from('x')])],
    ['cut off', (data: Buffer) => data.subarray(0, 20)],
    ['empty', () => Buffer.alloc(0)],
  ])('refuses a payload that is %s', async (_case, change) => {
    const { metadata, data } = await sealed();
    const broken = { metadata, data: change(Buffer.from(data ?? '', 'base64')).toString('base64') };
    expect(await convert('decode', [broken])).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('is broken') as string },
    });
  });

  test.each([
    ['no payloads', {}],
    ['a payload that is no base64', { payloads: [{ data: 'åäö' }] }],
    ['metadata that is no base64', { payloads: [{ metadata: { encoding: '%' } }] }],
  ])('refuses a body with %s', async (_case, body) => {
    const answer = await request(harness.url, '/codec/decode', { method: 'POST', body });
    expect(answer).toMatchObject({ status: 400 });
  });

  test('refuses payloads of another namespace', async () => {
    const options = { headers: { 'x-namespace': 'another' } };
    expect(await convert('decode', [plain], options)).toMatchObject({ status: 400 });
    expect(await convert('decode', [plain], { headers: { 'x-namespace': 'default' } })).toMatchObject({
      status: 200,
    });
  });
});

describe('browsers', () => {
  const preflight = (origin: string) =>
    fetch(`${harness.url}/codec/decode`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,x-namespace',
      },
    });

  test('of the Temporal UI may call, and hear why they are refused', async () => {
    const answer = await preflight(UI_ORIGIN);
    expect(answer.status).toBe(204);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'access-control-allow-origin': UI_ORIGIN,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': expect.stringMatching(
        /authorization.*content-type.*x-namespace/,
      ) as string,
      vary: 'Origin',
    });
    const refused = await convert('decode', [], { token: '', headers: { origin: UI_ORIGIN } });
    expect(refused.status).toBe(401);
    expect(refused.headers.get('access-control-allow-origin')).toBe(UI_ORIGIN);
  });

  test.each(['https://evil.example', 'https://temporal.example.com.evil.example', 'null'])(
    'of %s may not',
    async (origin) => {
      const allowed = (await preflight(origin)).headers.get('access-control-allow-origin');
      expect(allowed).toBeNull();
      const { headers } = await convert('decode', [plain], { headers: { origin } });
      expect(headers.get('access-control-allow-origin')).toBeNull();
    },
  );

  test('may call no other route from another page', async () => {
    const { headers } = await request(harness.url, '/v1/tenants/acme/deliveries', {
      headers: { origin: UI_ORIGIN },
    });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('the Temporal CLI reads a history through it, with a token', async () => {
  const tenant = await harness.connectTenant();
  const [summary] = meetingSummaries();
  const { deliveryId = '' } = await tenant.api.submit(summary ?? {});
  await harness.until(tenant, deliveryId, ({ state }) => state === 'delivered');
  const executable = await ensureExecutable({ report: () => undefined });
  const show = (...flags: string[]) => {
    const workflowId = deliveryWorkflowId(tenant.tenantId, deliveryId);
    const address = ['--address', harness.temporalAddress];
    return promisify(execFile)(executable, [
      ...['workflow', 'show', '--workflow-id', workflowId, '--detailed'],
      ...[...address, ...flags],
    ]);
  };
  const endpoint = ['--codec-endpoint', `${harness.url}/codec`];
  const meetingName = summary?.meetingName;
  expect((await show(...endpoint, '--codec-auth', `Bearer ${API_TOKEN}`)).stdout).toContain(meetingName);
  expect((await show()).stdout).not.toContain(meetingName);
});

test.each(['/codec/nothing', '/codecs'])(
  'at %s there is nothing, whatever browsers may ask below /codec',
  async (path) => {
    expect(await request(harness.url, path)).toMatchObject({ status: 404 });
  },
);
