import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inCallSpan } from '../../src/superoffice/call-span.js';

const exporter = new InMemorySpanExporter();
const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
beforeAll(() => provider.register());
beforeEach(() => exporter.reset());
afterAll(async () => {
  trace.disable();
  await provider.shutdown();
});

const call = {
  url: new URL('https://online2.superoffice.com:8443/Cust12345/customer.fcgi?key=zq7-secret'),
  method: 'POST',
  template: '/{customer}/customer.fcgi',
};
const told = {
  'http.request.method': 'POST',
  'server.address': 'online2.superoffice.com',
  'url.template': '/{customer}/customer.fcgi',
};

/** The one span of a call; it is there once it has ended. */
function onlySpan() {
  const spans = exporter.getFinishedSpans();
  expect(spans).toHaveLength(1);
  return spans.map(({ instrumentationScope, name, kind, attributes, status }) => ({
    scope: instrumentationScope.name,
    name,
    kind,
    attributes,
    status: status.code,
  }))[0];
}

describe('the span of a call', () => {
  test('tells method, host and the pattern of the path, and what was answered', async () => {
    const answer = { status: 200, body: 'ok' };
    expect(await inCallSpan(call, () => Promise.resolve(answer))).toBe(answer);
    expect(onlySpan()).toEqual({
      scope: 'dci-superoffice/http',
      name: 'POST /{customer}/customer.fcgi',
      kind: SpanKind.CLIENT,
      attributes: { ...told, 'http.response.status_code': 200 },
      status: SpanStatusCode.UNSET,
    });
  });

  test.each([
    [399, SpanStatusCode.UNSET],
    [400, SpanStatusCode.ERROR],
    [503, SpanStatusCode.ERROR],
  ])('of an answer %i has the status %i', async (status, expected) => {
    await inCallSpan(call, () => Promise.resolve({ status }));
    expect(onlySpan()).toMatchObject({
      attributes: { 'http.response.status_code': status },
      status: expected,
    });
  });

  test.each([
    ['the code of an error', Object.assign(new Error('zq7-secret'), { code: 'timeout' }), 'timeout'],
    ['an abort of an error without one', new Error('zq7-secret'), 'aborted'],
    ['an abort of a code that is no word', { code: 20 }, 'aborted'],
  ])('tells %s, never its message, and the error goes on', async (_, error, type) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
    await expect(inCallSpan(call, () => Promise.reject(error))).rejects.toBe(error);
    expect(onlySpan()).toMatchObject({
      attributes: { ...told, 'error.type': type },
      status: SpanStatusCode.ERROR,
    });
    expect(JSON.stringify(exporter.getFinishedSpans()[0]?.attributes)).not.toContain('zq7');
  });

  test('is the parent of what happens within', async () => {
    let within: string | undefined;
    await inCallSpan(call, () => {
      within = trace.getActiveSpan()?.spanContext().spanId;
      return Promise.resolve({ status: 200 });
    });
    expect(exporter.getFinishedSpans()[0]?.spanContext().spanId).toBe(within);
  });
});
