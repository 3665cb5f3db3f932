import { runProcess } from './service/run.js';

/** An API process. */
await runProcess('api');
