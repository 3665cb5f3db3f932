import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { promtool } from './promtool.js';
import { type BusyService, familiesIn, type MetricFamily, startBusyService } from './support.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

interface Panel {
  id: number;
  type: string;
  title: string;
  description?: string;
  gridPos: { h: number; w: number; x: number; y: number };
  targets?: { expr: string }[];
  fieldConfig?: { defaults: { unit?: string } };
}
const dashboard = JSON.parse(read('observability/grafana/dci-superoffice.json')) as { panels: Panel[] };
const graphs = dashboard.panels.filter(({ type }) => type !== 'row');
const dashboardQueries = graphs.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** Counters of the SDK that begin with the first failure, which none of these tests brings about. */
const sdkFailures = ['temporal_workflow_failed_total', 'temporal_workflow_task_execution_failed_total'];

let service: BusyService;
let families: Map<string, MetricFamily>;
beforeAll(async () => {
  service = await startBusyService();
  families = familiesIn(await service.scrape());
});
afterAll(() => service.stop());

/** Metrics that a text names; a histogram's by its family. */
function metricsIn(text: string): string[] {
  const names = text.match(/\b(?:dci_superoffice|temporal|nodejs|process)_\w+/g) ?? [];
  return [...new Set(names)].map((name) =>
    families.has(name) ? name : name.replace(/_(bucket|sum|count)$/, ''),
  );
}

test('every metric that an alert or the dashboard names is one that the service shows', () => {
  const named = metricsIn([read('observability/prometheus/alerts.yml'), ...dashboardQueries].join('\n'));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !families.has(name) && !sdkFailures.includes(name))).toEqual([]);
});

test('open deliveries are shown by whether they are under way, in trouble or held by a pause', async () => {
  const shown = (await service.scrape()).matchAll(/^dci_superoffice_deliveries_open\{state="(\w+)"\}/gm);
  expect([...shown].map(([, state]) => state)).toEqual(['delivering', 'parked', 'paused']);
});

test('the SDK has the counters of failures, too', () => {
  const bridge = dirname(createRequire(import.meta.url).resolve('@temporalio/core-bridge/package.json'));
  const libraries = readdirSync(join(bridge, 'releases')).map((target) =>
    join(bridge, 'releases', target, 'index.node'),
  );
  expect(libraries.length).toBeGreaterThan(0);
  const library = readFileSync(libraries[0] ?? '');
  for (const name of sdkFailures) {
    expect(library.includes(name.replace(/^temporal_/, '').replace(/_total$/, '')), name).toBe(true);
  }
});

describe('the dashboard', () => {
  test('has queries that Prometheus takes', (context) => {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const rules = dashboardQueries.map((expr, index) => ({
      record: `panel_${index}`,
      expr: expr.replaceAll('$__rate_interval', '5m'),
    }));
    // JSON is YAML.
    writeFileSync(join(folder, 'panels.yml'), JSON.stringify({ groups: [{ name: 'panels', rules }] }));
    expect(promtool(context, folder, 'check', 'rules', 'panels.yml')).toContain(
      `${rules.length} rules found`,
    );
  });

  test('says of each panel what it shows, in which unit, and lays none over another', () => {
    for (const panel of graphs) {
      expect(panel.description, panel.title).toBeTruthy();
      expect(panel.fieldConfig?.defaults.unit, panel.title).toBeTruthy();
      expect(panel.gridPos.x + panel.gridPos.w, panel.title).toBeLessThanOrEqual(24);
    }
    const cells = dashboard.panels.flatMap(({ gridPos: { h, w, x, y } }) =>
      Array.from({ length: h * w }, (_, index) => `${x + (index % w)}/${y + Math.floor(index / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const rows = dashboard.panels.filter(({ type }) => type === 'row').map(({ title }) => title);
    expect(rows).toEqual([
      'Delivery health',
      'SuperOffice',
      'Temporal workers',
      'API',
      'Database and processes',
    ]);
  });
});

test('docs/metrics.md lists every metric of the service, as the service describes it', async () => {
  const own = [...families.values()].filter(({ name }) => name.startsWith('dci_superoffice_'));
  const sdk = metricsIn([read('observability/prometheus/alerts.yml'), ...dashboardQueries].join('\n'))
    .filter((name) => name.startsWith('temporal_'))
    .sort();
  const rows = own
    .sort((one, other) => one.name.localeCompare(other.name))
    .map(({ name, type, labels, help }) => {
      const list = labels.map((label) => `\`${label}\``).join(', ');
      return `| \`${name}\` | ${type} | ${list} | ${help} |`;
    });
  const page = read('docs/metrics.md')
    .replace(
      /(\| metric \| kind \| labels \| meaning \|\n\|(?:-+\|)+\n)(?:\|.*\n)*/,
      `$1${rows.join('\n')}\n`,
    )
    .replace(
      /(\| metric of the SDK \|\n\|-+\|\n)(?:\|.*\n)*/,
      `$1${sdk.map((name) => `| \`${name}\` |`).join('\n')}\n`,
    );
  await expect(page).toMatchFileSnapshot('../../docs/metrics.md');
});
