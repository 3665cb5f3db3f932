import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCertificates } from '../../sandbox/certificates.js';
import { type DciSandbox, dciThrottled, startDciSandbox } from '../../sandbox/dci.js';
import { createDciRecordings } from '../../src/dci/recordings.js';

const ID = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee';
const LINK = 'https://dci.example/recordings/1?signature=a%2Fb';

let dci: DciSandbox;
let dispatcher: Agent;
beforeAll(async () => {
  const certificates = await createCertificates();
  dci = await startDciSandbox(certificates);
  dispatcher = new Agent({ connect: { ca: certificates.ca } });
});
afterAll(async () => {
  await dispatcher.destroy();
  await dci.close();
});
beforeEach(() => {
  dci.faults.length = 0;
  dci.calls.length = 0;
  dci.recordings.set(ID, { url: LINK });
});

const find = (id = ID, { token = dci.apiToken, timeoutMs = 2_000, apiUrl = dci.url } = {}) =>
  createDciRecordings({ dispatcher, apiUrl, timeoutMs }).find(id, token);

describe('the link to a recording', () => {
  test.each([
    { url: LINK },
    { recording_url: LINK },
    { recordingUrl: LINK },
    { data: { url: LINK } },
    { data: { recording_url: LINK }, url: null },
    { data: { recordingUrl: LINK }, url: 'none yet' },
  ])('is found in %j', async (answer) => {
    dci.recordings.set(ID, answer);
    expect(await find()).toEqual({ kind: 'found', url: LINK });
  });

  test.each([
    {},
    null,
    [],
    'text',
    { data: null },
    { url: '' },
    { url: 7 },
    { url: '/recordings/1' },
    { url: 'javascript:alert(1)' },
    { url: `https://dci.example/${'x'.repeat(2000)}` },
    { recording: { url: LINK } },
  ])('is not found in %j', async (answer) => {
    dci.recordings.set(ID, JSON.stringify(answer));
    expect(await find()).toEqual({ kind: 'none', code: 'answer-without-link' });
  });

  test('is asked for at the address that configuration names, with or without a slash at its end', async () => {
    expect(await find(ID, { apiUrl: `${dci.url}//` })).toMatchObject({ kind: 'found' });
    expect(await find('../../admin')).toEqual({ kind: 'none', code: 'no-recording' });
    expect(dci.calls.map(({ conversationId }) => conversationId)).toEqual([ID, '../../admin']);
  });
});

describe('there is none, for good', () => {
  test('of a conversation without a recording, or for a token that is not taken', async () => {
    expect(await find('another')).toEqual({ kind: 'none', code: 'no-recording' });
    expect(await find(ID, { token: 'mt_wrong' })).toEqual({ kind: 'none', code: 'unauthorized' });
  });

  test.each([
    [403, 'unauthorized'],
    [302, 'unexpected-status'],
    [400, 'unexpected-status'],
    [204, 'unexpected-status'],
  ])('after %d: %s', async (status, code) => {
    dci.faults.push({ type: 'status', status, headers: { location: `${dci.url}/elsewhere` } });
    expect(await find()).toEqual({ kind: 'none', code });
    expect(dci.calls).toHaveLength(1);
  });

  test('in an answer that never ends', async () => {
    dci.faults.push({ type: 'status', status: 200, body: `{"x":"${'x'.repeat(300_000)}","url":"${LINK}"}` });
    expect(await find()).toEqual({ kind: 'none', code: 'answer-without-link' });
  });
});

describe('asking again may help', () => {
  test('when there were too many calls, at the time that DCI names, in the body or the header', async () => {
    const later = (retryAfterMs: number | undefined) => ({ kind: 'later', code: 'throttled', retryAfterMs });
    dci.faults.push(dciThrottled(60), { type: 'status', status: 429, headers: { 'retry-after': '7' } });
    dci.faults.push({ type: 'status', status: 429, body: { retryAfter: 'soon' } });
    expect(await find()).toEqual(later(60_000));
    expect(await find()).toEqual(later(7_000));
    expect(await find()).toEqual(later(undefined));
  });

  test('when DCI fails, is silent, breaks off or is not there', async () => {
    dci.faults.push({ type: 'status', status: 500 }, { type: 'hang' }, { type: 'reset' });
    expect(await find()).toEqual({ kind: 'later', code: 'server-error' });
    expect(await find(ID, { timeoutMs: 200 })).toEqual({ kind: 'later', code: 'timeout' });
    expect(await find()).toEqual({ kind: 'later', code: 'network' });
    expect(await find(ID, { apiUrl: 'https://127.0.0.1:1' })).toEqual({ kind: 'later', code: 'network' });
  });

  test('when its certificate is not trusted: nothing is sent', async () => {
    const strict = new Agent();
    const recordings = createDciRecordings({ dispatcher: strict, apiUrl: dci.url });
    expect(await recordings.find(ID, dci.apiToken)).toEqual({ kind: 'later', code: 'network' });
    expect(dci.calls).toHaveLength(0);
    await strict.destroy();
  });
});

test('who aborts gets the reason', async () => {
  dci.faults.push({ type: 'hang' });
  const abort = new AbortController();
  const asked = createDciRecordings({ dispatcher, apiUrl: dci.url }).find(ID, dci.apiToken, abort.signal);
  await expect.poll(() => dci.calls.length).toBe(1);
  abort.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
});
