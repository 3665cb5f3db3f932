import { runProcess } from './service/run.js';

/** API and worker in one process, on embedded defaults where nothing else is named. */
await runProcess('all');
