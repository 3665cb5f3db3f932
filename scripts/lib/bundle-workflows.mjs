import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inProject } from './project.mjs';

const { resolve } = createRequire(import.meta.url);

/**
 * Bundles the compiled workflows into `dist/workflow-bundle.js`, which every worker loads instead of bundling
 * at its start; and again into `dist/workflow-bundle-traced.js`, with OpenTelemetry inside, for workers that trace.
 * @returns {Promise<boolean>} false when there are no workflows
 */
export async function bundleWorkflows() {
  const workflowsPath = inProject('dist', 'workflows', 'index.js');
  if (!existsSync(workflowsPath)) return false;
  await bundleTo('workflow-bundle.js', workflowsPath, []);
  await bundleTo('workflow-bundle-traced.js', workflowsPath, [
    resolve('@temporalio/interceptors-opentelemetry/lib/workflow-interceptors'),
  ]);
  return true;
}

/**
 * @param {string} name of the file in `dist/`
 * @param {string} workflowsPath
 * @param {string[]} workflowInterceptorModules
 */
async function bundleTo(name, workflowsPath, workflowInterceptorModules) {
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const failureConverterPath = inProject('dist', 'temporal', 'failure-converter.js');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules,
    ...(existsSync(failureConverterPath) ? { failureConverterPath } : {}),
    logger: new DefaultLogger('WARN'),
    // Whole names keep stack traces readable; a worker insists on the inline source map.
    webpackConfigHook: (config) => ({
      ...config,
      mode: 'production',
      optimization: { ...config.optimization, minimize: false },
    }),
  });
  const bundle = inProject('dist', name);
  const temporary = `${bundle}.${process.pid}`;
  writeFileSync(temporary, code);
  renameSync(temporary, bundle);
}
