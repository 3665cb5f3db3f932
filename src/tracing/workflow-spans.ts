import { createTraceState, type SpanContext } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-node';
import type {
  OpenTelemetrySinks,
  SerializableSpan,
} from '@temporalio/interceptors-opentelemetry/lib/workflow/index.js';
import type { InjectedSinks } from '@temporalio/worker';

/**
 * The worker's end of the spans that workflows make. They come in the form of OpenTelemetry's first SDK, which the
 * SDK's interceptors run inside the workflow; everything outside of it is the second.
 */
export function workflowSpanSinks(
  processor: SpanProcessor,
  resource: Resource,
): InjectedSinks<OpenTelemetrySinks> {
  return {
    exporter: {
      export: {
        fn({ workflowId, runId }, spans) {
          const ids = { temporalWorkflowId: workflowId, run_id: runId };
          for (const span of spans) processor.onEnd(readableSpanOf(span, ids, resource));
        },
      },
    },
  };
}

function readableSpanOf(
  { spanContext, parentSpanId, instrumentationLibrary, attributes, ...span }: SerializableSpan,
  ids: Record<string, string>,
  resource: Resource,
): ReadableSpan {
  const { traceState, ...rest } = spanContext;
  const context: SpanContext = {
    ...rest,
    ...(traceState !== undefined && { traceState: createTraceState(traceState) }),
  };
  return {
    ...span,
    attributes: { ...attributes, ...ids },
    spanContext: () => context,
    ...(parentSpanId !== undefined && { parentSpanContext: { ...context, spanId: parentSpanId } }),
    instrumentationScope: instrumentationLibrary,
    resource,
  };
}
