import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { inProject } from '../../scripts/lib/project.mjs';
import { ensureGoProgram } from '../../stack/go-programs.js';
import { refuses, run } from './run.js';

const helm = {
  name: 'helm',
  title: 'Helm 3.22.0',
  duration: 'about 4 minutes',
  module: 'helm.sh/helm/v3',
  version: '3.22.0',
  commands: { 'cmd/helm': 'helm' },
};

/** The oldest and the newest release of Kubernetes that the chart is checked for. */
const KUBERNETES_VERSIONS = ['1.29', '1.37'];
const VALUES = ['minimal', 'full', 'combined'];

/** Values that the chart must refuse, and what it says to them. */
const REFUSED: readonly [setting: string, words: RegExp][] = [
  ['existingSecret=', /existingSecret/],
  ['temporal.address=temporal', /temporal\/address/],
  ['settings.API_TOKENS=in-plain-sight', /API_TOKENS/],
  ['settings.SUPEROFFICE_CA_FILE=/etc/ca.pem', /SUPEROFFICE_CA_FILE/],
  ['settings.TEMPORAL_TLS_CLIENT_KEY_DATA=in-plain-sight', /TEMPORAL_TLS_CLIENT_KEY_DATA/],
  ['settings.OTEL_EXPORTER_OTLP_HEADERS=in-plain-sight', /OTEL_EXPORTER_OTLP_HEADERS/],
  ['processes=three', /processes/],
  ['api.replica=3', /replica/],
  ['ingress.enabled=true,ingress.host=example.com', /tlsSecret is missing/],
];

/** The chart, by helm lint and helm template, and what it renders to, by the schemas of Kubernetes. */
export async function checkChart(tools: string, report: (line: string) => void): Promise<void> {
  const program = join(await ensureGoProgram(helm, report), 'helm');
  const chart = inProject('charts', 'dci-superoffice');
  const valuesOf = (name: string) => ['--values', join(chart, 'ci', `${name}-values.yaml`)];
  const render = (version: string, ...args: string[]) =>
    run(program, ['template', 'dci', chart, '--kube-version', `${version}.0`, ...args]);
  const folder = await mkdtemp(join(tmpdir(), 'check-chart-'));
  try {
    for (const name of VALUES) {
      await run(program, ['lint', '--strict', chart, ...valuesOf(name)]);
      for (const version of KUBERNETES_VERSIONS) {
        const manifests = join(folder, `${name}-${version}.yaml`);
        await writeFile(manifests, await render(version, ...valuesOf(name)));
        await run(join(tools, 'kubernetes-validate'), ['--strict', '--quiet', '-k', version, manifests]);
      }
    }
    const combined = await render('1.37', ...valuesOf('combined'));
    await checkNames(await render('1.37', ...valuesOf('minimal')), combined);
    await checkJob(await render('1.37', ...valuesOf('full')));
    await checkResources(chart, combined);
    for (const [setting, words] of REFUSED) {
      await refuses(words, () => render('1.37', ...valuesOf('minimal'), '--set', setting));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const resourcesSchema = z.object({ limits: z.object({ memory: z.string() }) });
const deploymentSchema = z.object({
  kind: z.literal('Deployment'),
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({ containers: z.tuple([z.object({ resources: resourcesSchema })]) }),
    }),
  }),
});
const podMonitorSchema = z.object({
  kind: z.literal('PodMonitor'),
  spec: z.object({ jobLabel: z.string() }),
});

/** What the documentation has done in deployments, by the names that they have in the release of docs/deploy.md. */
async function checkNames(...manifests: string[]): Promise<void> {
  const page = await readFile(inProject('docs', 'operations.md'), 'utf8');
  const named = [...page.matchAll(/\b(dci-dci-superoffice-\w+)/g)].map(([, name = '']) => name);
  const there = manifests
    .flatMap((each) => objectsOf(each, deploymentSchema))
    .map(({ metadata }) => metadata.name);
  const unknown = named.filter((name) => !there.includes(name));
  if (named.length === 0 || unknown.length > 0) {
    throw new Error(`Of ${named.join(', ')} in docs/operations.md, there are ${there.join(', ')} alone.`);
  }
}

/** The Prometheus operator names the job after a label of the pods; an alert for another job would never fire. */
async function checkJob(manifests: string): Promise<void> {
  const alerts = await readFile(inProject('observability', 'prometheus', 'alerts.yml'), 'utf8');
  const [, wanted] = /up\{job="(.+?)"\}/.exec(alerts) ?? [];
  const [monitor] = objectsOf(manifests, podMonitorSchema);
  const jobs = objectsOf(manifests, deploymentSchema).map(
    ({ spec }) => spec.template.metadata.labels[monitor?.spec.jobLabel ?? ''],
  );
  if (jobs.length === 0 || jobs.some((job) => job !== wanted)) {
    throw new Error(`The alerts look for the job ${String(wanted)}, and the pods are of ${jobs.join(', ')}.`);
  }
}

/** A process that is API and worker needs what a worker needs. */
async function checkResources(chart: string, manifests: string): Promise<void> {
  const values = z
    .object({ worker: z.object({ resources: resourcesSchema }) })
    .parse(parse(await readFile(join(chart, 'values.yaml'), 'utf8')));
  const wanted = values.worker.resources.limits.memory;
  const limits = objectsOf(manifests, deploymentSchema).map(
    ({ spec }) => spec.template.spec.containers[0].resources.limits.memory,
  );
  if (limits.join() !== wanted) {
    throw new Error(`Combined processes have ${limits.join(', ')} of memory, and should have ${wanted}.`);
  }
}

function objectsOf<T>(manifests: string, schema: z.ZodType<T>): T[] {
  return parseAllDocuments(manifests).flatMap((document) => {
    const { success, data } = schema.safeParse(document.toJS());
    return success ? [data] : [];
  });
}
