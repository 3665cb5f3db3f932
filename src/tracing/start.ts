import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import {
  OpenTelemetryActivityInboundInterceptor,
  OpenTelemetryWorkflowClientInterceptor,
} from '@temporalio/interceptors-opentelemetry';
import type { OpenTelemetrySinks } from '@temporalio/interceptors-opentelemetry/lib/workflow/index.js';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import { scrubbing } from './scrub.js';
import { workflowSpanSinks } from './workflow-spans.js';

/** What a traced process hands to its client and its worker. */
export interface Tracing {
  clientInterceptors: WorkflowClientInterceptor[];
  activityInterceptors: ActivityInterceptorsFactory[];
  /** Of the workflow bundle with interceptors. */
  sinks: InjectedSinks<OpenTelemetrySinks>;
  /** Sends what is left. */
  stop(): Promise<void>;
}

/**
 * Sends spans from now on, as the standard `OTEL_…` variables say, which the libraries read themselves: where to
 * (`OTEL_EXPORTER_OTLP_…`), how many (`OTEL_TRACES_SAMPLER…`), under which name (`OTEL_SERVICE_NAME`). Once a process.
 */
export function startTracing(serviceName: string): Tracing {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': serviceName }))
    .merge(detectResources({ detectors: [envDetector] }));
  const processor = scrubbing(new BatchSpanProcessor(new OTLPTraceExporter()));
  const provider = new NodeTracerProvider({ resource, spanProcessors: [processor] });
  // Not the baggage of callers: nobody knows what is in it, and it would stand in histories.
  provider.register({ propagator: new W3CTraceContextPropagator() });
  return {
    clientInterceptors: [new OpenTelemetryWorkflowClientInterceptor()],
    activityInterceptors: [(context) => ({ inbound: new OpenTelemetryActivityInboundInterceptor(context) })],
    sinks: workflowSpanSinks(processor, resource),
    stop: () => provider.shutdown(),
  };
}
