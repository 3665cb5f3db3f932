import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';

const tracer = trace.getTracer('dci-superoffice/api');

/** Asked every few seconds by machines, and nobody's course. */
const untraced: ReadonlySet<string | undefined> = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * A span for each request, in the trace that the caller is in (`traceparent`). Its name is the route's pattern, never
 * the address. Where nothing is traced it costs next to nothing.
 */
export const tracing = fp(
  (app, _options, done) => {
    const spans = new WeakMap<FastifyRequest, { span: Span; context: Context }>();

    app.addHook('onRequest', (request, _reply, next) => {
      const route = request.routeOptions.url;
      if (untraced.has(route)) {
        next();
        return;
      }
      const parent = propagation.extract(context.active(), request.headers);
      const span = tracer.startSpan(
        route === undefined ? request.method : `${request.method} ${route}`,
        {
          kind: SpanKind.SERVER,
          attributes: {
            'http.request.method': request.method,
            ...(route !== undefined && { 'http.route': route }),
          },
        },
        parent,
      );
      spans.set(request, { span, context: trace.setSpan(parent, span) });
      next();
    });

    // Not earlier: a body comes in by events of the connection, which belong to no request's context.
    app.addHook('preValidation', (request, _reply, next) => {
      context.with(spans.get(request)?.context ?? context.active(), next);
    });

    app.addHook('onResponse', (request, reply, next) => {
      const span = spans.get(request)?.span;
      span?.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      next();
    });
    done();
  },
  { name: 'tracing' },
);
