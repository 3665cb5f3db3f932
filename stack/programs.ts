import type { GoProgram } from './go-programs.js';

/** The server and the tool that makes its schema: what is in the images `temporalio/server` and `admin-tools`. */
export function temporalServer(version: string): GoProgram {
  return {
    name: 'temporal-server',
    title: `the Temporal server ${version}`,
    duration: 'about 6 minutes',
    module: 'go.temporal.io/server',
    version,
    commands: { 'cmd/server': 'temporal-server', 'cmd/tools/sql': 'temporal-sql-tool' },
  };
}

/** The UI, with the configuration that its image `temporalio/ui` has. */
export function temporalUi(version: string): GoProgram {
  return {
    name: 'temporal-ui',
    title: `the Temporal UI ${version}`,
    duration: 'about a minute',
    module: 'github.com/temporalio/ui-server/v2',
    version,
    commands: { 'cmd/server': 'ui-server' },
    files: ['config/docker.yaml'],
  };
}
