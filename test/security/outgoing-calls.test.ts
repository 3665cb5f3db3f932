import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { LookupAddress } from 'node:dns';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HostRefusedError } from '../../src/domain/errors.js';
import { assertAllowedUrl } from '../../src/superoffice/host-policy.js';
import { TransportError } from '../../src/superoffice/http.js';
import { guardedListener } from '../superoffice/support/guarded-listener.js';
import { CUST, summaryPush } from '../superoffice/support/summary-push.js';
import { withSuperOffice } from '../superoffice/support/with-superoffice.js';

const LOOPBACK: LookupAddress = { address: '127.0.0.1', family: 4 };
const ELSEWHERE: LookupAddress = { address: '10.0.0.1', family: 4 };

/** A listener on this machine, and a guarded way to it whose names resolve to what a test says, one answer a question. */
async function setUp({ privateNetworks = [] as string[], answers = [] as LookupAddress[][] } = {}) {
  let questions = 0;
  const way = await guardedListener(privateNetworks, () => Promise.resolve(answers[questions++] ?? []));
  return { ...way, questions: () => questions };
}

describe('a name that changes its address', () => {
  test('is asked for once for each connection: the address that was checked is the one that is connected to', async () => {
    const { call, connections, questions } = await setUp({
      privateNetworks: ['127.0.0.0/8'],
      // Whoever asked once more, between check and connect, would be sent elsewhere.
      answers: [[LOOPBACK], [ELSEWHERE]],
    });
    expect(await call('online2.superoffice.com')).toEqual(new TransportError('network'));
    expect({ connections: connections(), questions: questions() }).toEqual({ connections: 1, questions: 1 });
  });

  test('is checked again at its next connection', async () => {
    const { call, connections } = await setUp({
      privateNetworks: ['127.0.0.0/8'],
      answers: [[LOOPBACK], [ELSEWHERE], [LOOPBACK]],
    });
    expect(await call('online2.superoffice.com')).toEqual(new TransportError('network'));
    expect(await call('online2.superoffice.com')).toBeInstanceOf(HostRefusedError);
    expect(connections()).toBe(1);
  });
});

describe('a host that is an address already', () => {
  const forms = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '１２７.０.０.１',
    '127。0。0。1',
    '0',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[0:0:0:0:0:0:0:1]',
  ];

  test.each(forms)('%s: nobody is connected to, though nobody looked it up', async (host) => {
    const { call, connections, questions } = await setUp();
    expect(await call(host)).toBeInstanceOf(HostRefusedError);
    expect({ connections: connections(), questions: questions() }).toEqual({ connections: 0, questions: 0 });
  });

  test.each(forms)('%s: is no host of SuperOffice to begin with', (host) => {
    expect(() => assertAllowedUrl(new URL(`https://${host}/Cust1`), { domain: 'superoffice.com' })).toThrow(
      HostRefusedError,
    );
  });

  test('is connected to where its network is allowed, as that of an installation on premises is', async () => {
    const { call, connections } = await setUp({ privateNetworks: ['127.0.0.0/8'] });
    expect(await call('127.0.0.1')).toEqual(new TransportError('network'));
    expect(connections()).toBe(1);
  });
});

describe('an address that the state API gives', () => {
  const superOffice = withSuperOffice();

  test.each([
    ['another host', 'evil.example/?x='],
    ['another host after a fragment', 'evil.example/#'],
    ['another host behind a backslash', 'evil.example\\'],
    ['a subdomain of a subdomain', 'a.online2'],
    ['a user', 'user@online2'],
    ['the domain as a user', 'online2.superoffice.localhost@evil.example/?x='],
    ['the metadata of a cloud', '169.254.169.254/latest/meta-data?x='],
    ['this machine', '127.0.0.1/?x='],
    ['this machine, in IPv6', '[::1]/?x='],
    ['this machine, as a number', '2130706433/?x='],
    ['another port', 'online2.superoffice.localhost:22/?x='],
    ['a trailing dot', 'online2.superoffice.localhost./?x='],
    ['letters that look alike', 'online2.supеroffice.localhost/?x='],
  ])('is not called where it leads to %s; nothing of the summary or the key leaves', async (_what, host) => {
    superOffice.sandbox.tenant(CUST).host = host;
    expect(await superOffice.client().push(summaryPush())).toEqual({
      meaning: { next: 'park', code: 'host-refused' },
    });
    expect(superOffice.sandbox.counters(CUST)).toMatchObject({ hits: 0, stateLookups: 1 });
  });

  test('is not called where it is not HTTPS', async () => {
    const endpoint = `http://online2.${superOffice.sandbox.domain}/${CUST}`;
    const status = { kind: 'running', endpoint, validUntil: Infinity } as const;
    const directory = { lookUp: () => Promise.resolve(status) };
    expect(await superOffice.client({ directory }).push(summaryPush())).toEqual({
      meaning: { next: 'park', code: 'host-refused' },
    });
  });
});

describe('what a person wrote', () => {
  const superOffice = withSuperOffice();

  test.each([
    ['a line break', 'Kick-off\r\nX-CRMSCRIPT-Signature: forged\r\n\r\nPOST /evil HTTP/1.1'],
    ['a bare line feed', 'Kick-off\nX-Injected: 1'],
    ['an escaped line break', 'Kick-off%0d%0aX-Injected: 1'],
    ['a line break of Unicode', 'Kick-off\u2028X-Injected: 1\u0085\u2029'],
    ['a character that becomes a line break when it is cut to a byte', 'Kick-off\u560d\u560aX-Injected: 1'],
    ['a zero byte', 'Kick-off\u0000'],
  ])('is data of the request, and no line of it: %s', async (_what, words) => {
    const heads = headsOfRequests();
    const push = summaryPush();
    const payload = { ...push.payload, meetingName: words, location: words, meetingType: words };
    expect(await superOffice.client().push({ ...push, payload })).toMatchObject({
      meaning: { next: 'done', receipt: { result: 'created' } },
    });
    const lines = heads.filter((head) => head.startsWith('POST ')).map((head) => head.trim().split('\r\n'));
    expect(lines).toHaveLength(1);
    const [[requestLine = '', ...headers] = []] = lines;
    expect(requestLine).toMatch(/^POST \/Cust12345\/CS\/scripts\/customer\.fcgi\?[\x21-\x7e]+ HTTP\/1\.1$/);
    expect(headers.map((line) => line.split(':')[0]).sort()).toEqual([
      'accept',
      'connection',
      'content-type',
      'host',
      'x-crmscript-delivery-id',
    ]);
    expect(lines.join()).not.toMatch(/Kick-off|Injected/);
  });
});

/** What is sent before each body and its length, as it goes onto the wire; collected until the test ends. */
function headsOfRequests(): string[] {
  const heads: string[] = [];
  const listen = (message: unknown) => heads.push((message as { headers: string }).headers);
  subscribe('undici:client:sendHeaders', listen);
  onTestFinished(() => void unsubscribe('undici:client:sendHeaders', listen));
  return heads;
}
