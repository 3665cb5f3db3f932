import { runProcess } from './service/run.js';

/** A worker process. */
await runProcess('worker');
