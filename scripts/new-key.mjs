import { randomBytes } from 'node:crypto';

// A key for the front of SEALING_KEYS or PAYLOAD_KEYS, named after the day it was made.
const id = process.argv[2] ?? new Date().toISOString().slice(0, 10);
process.stdout.write(`${id}:${randomBytes(32).toString('base64')}\n`);
