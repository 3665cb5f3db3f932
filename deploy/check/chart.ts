import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    for (const [setting, words] of REFUSED) {
      await refuses(words, () => render('1.37', ...valuesOf('minimal'), '--set', setting));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
