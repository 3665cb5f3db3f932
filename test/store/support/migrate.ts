import { openPostgres } from '../../../src/store/database.js';

// A process of its own that brings the database up to date and ends: `node --import tsx migrate.ts URL`.
const [url = ''] = process.argv.slice(2);
const database = await openPostgres(url, () => undefined);
await database.ping();
await database.close();
