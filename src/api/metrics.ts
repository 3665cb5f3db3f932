import type { Counter } from 'prom-client';

/** One request that was answered. */
export interface AnsweredRequest {
  method: string;
  /** The route's pattern, never the address itself: `/v1/tenants/:tenantId/summaries`; `none` where nothing matches. */
  route: string;
  status: number;
  durationMs: number;
}

/** Hears of every request that was answered. */
export interface RequestObserver {
  answered(request: AnsweredRequest): void;
}

/** The figures of a process, as it shows them. */
export interface MetricsText {
  contentType: string;
  /** Everything, in Prometheus' text format. */
  text(): Promise<string>;
}

/** The figures that the API keeps and shows. */
export interface ApiMetrics extends MetricsText {
  submissions: Pick<Counter<'outcome'>, 'inc'>;
  requests: RequestObserver;
}
