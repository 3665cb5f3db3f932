import type { Counter } from 'prom-client';

/** The figures that the API keeps and shows. */
export interface ApiMetrics {
  submissions: Pick<Counter<'outcome'>, 'inc'>;
  contentType: string;
  /** Everything, in Prometheus' text format. */
  text(): Promise<string>;
}
