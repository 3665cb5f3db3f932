import { Gauge, type Registry } from 'prom-client';

/** One line of a gauge. */
export interface GaugeValue {
  labels?: Record<string, string>;
  value: number;
}

/**
 * A gauge that looks its values up when it is read. While they can't be told it shows nothing at all: a figure of
 * a while ago would look like one of now.
 */
export function gaugeOf(
  registry: Registry,
  { name, help, labelNames = [] }: { name: string; help: string; labelNames?: readonly string[] },
  lookUp: () => readonly GaugeValue[] | undefined | Promise<readonly GaugeValue[] | undefined>,
): void {
  new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    async collect() {
      const values = await lookUp();
      this.reset();
      // After a reset, a gauge without labels shows a 0.
      if (labelNames.length === 0) this.remove();
      for (const { labels = {}, value } of values ?? []) this.set(labels, value);
    },
  });
}
