import { type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';

const tracer = trace.getTracer('dci-superoffice/http');

/** What a span tells of a call. The address itself is not among it: its query carries the key. */
export interface TracedCall {
  url: URL;
  method: string;
  /** The pattern of the path, without anything of a customer or a person. */
  template: string;
}

/** Runs a call in a span of its own. */
export function inCallSpan<T extends { status: number }>(
  { url, method, template }: TracedCall,
  call: () => Promise<T>,
): Promise<T> {
  const options = {
    kind: SpanKind.CLIENT,
    attributes: { 'http.request.method': method, 'server.address': url.hostname, 'url.template': template },
  };
  return tracer.startActiveSpan(`${method} ${template}`, options, async (span) => {
    try {
      const answer = await call();
      span.setAttribute('http.response.status_code', answer.status);
      if (answer.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return answer;
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
}

function fail(span: Span, error: unknown): void {
  const code = (error as { code?: unknown }).code;
  span.setAttribute('error.type', typeof code === 'string' ? code : 'aborted');
  span.setStatus({ code: SpanStatusCode.ERROR });
}
