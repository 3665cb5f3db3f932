import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';

/** What may leave with a span: codes, ids and figures. */
const allowedAttributes: ReadonlySet<string> = new Set([
  'http.request.method',
  'http.route',
  'http.response.status_code',
  'server.address',
  'url.template',
  'error.type',
  'run_id',
  'temporalWorkflowId',
  'temporalActivityId',
  'dci_superoffice.tenant_id',
  'dci_superoffice.delivery_id',
  'dci_superoffice.attempt',
  'dci_superoffice.next',
  'dci_superoffice.code',
]);

/** What is told of an exception. Its message may quote what the code worked on, and its stack begins with the message. */
const allowedEventAttributes: ReadonlySet<string> = new Set(['exception.type']);

/**
 * Lets nothing out that may be personal or secret, whoever wrote it to a span: libraries write messages of errors, and
 * what else they find.
 */
export function scrubbing(next: SpanProcessor): SpanProcessor {
  return {
    onStart: (span, context) => next.onStart(span, context),
    onEnd: (span) => next.onEnd(scrubbed(span)),
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function scrubbed(span: ReadableSpan): ReadableSpan {
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => span.spanContext(),
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    duration: span.duration,
    ended: span.ended,
    status: { code: span.status.code },
    attributes: only(allowedAttributes, span.attributes),
    links: span.links.map(({ context }) => ({ context })),
    events: span.events.map(({ name, time, attributes = {} }) => ({
      name,
      time,
      attributes: only(allowedEventAttributes, attributes),
    })),
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function only(allowed: ReadonlySet<string>, attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => allowed.has(key)));
}
