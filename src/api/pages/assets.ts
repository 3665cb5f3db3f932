import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { brotliCompressSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { NotFoundError } from '../../domain/errors.js';

const require = createRequire(import.meta.url);

/** The files that pages load: ours, and htmx from its package. Nothing comes from another origin. */
const files = {
  'page.css': { type: 'text/css; charset=utf-8', location: require.resolve('./assets/page.css') },
  'page.js': { type: 'text/javascript; charset=utf-8', location: require.resolve('./assets/page.js') },
  'htmx.js': {
    type: 'text/javascript; charset=utf-8',
    location: require.resolve('htmx.org/dist/htmx.min.js'),
  },
  'icon.svg': { type: 'image/svg+xml', location: require.resolve('./assets/icon.svg') },
} as const;

export type AssetName = keyof typeof files;

/** The address of a file, with a digest of its content in it: it may be kept for ever. */
export type AssetUrl = (name: AssetName) => string;

interface Asset {
  type: string;
  body: Buffer;
  compressed: Buffer;
}

/** Serves the files that pages load, and tells where they are. */
export function serveAssets(app: FastifyInstance): AssetUrl {
  const urls = new Map<AssetName, string>();
  const assets = new Map<string, Asset>();
  for (const [name, { type, location }] of Object.entries(files) as [
    AssetName,
    (typeof files)[AssetName],
  ][]) {
    const body = readFileSync(location);
    const digest = createHash('sha256').update(body).digest('hex').slice(0, 12);
    const [stem, extension] = name.split('.');
    const path = `${stem}.${digest}.${extension}`;
    urls.set(name, `/assets/${path}`);
    assets.set(path, { type, body, compressed: brotliCompressSync(body) });
  }

  app.get<{ Params: { path: string } }>('/assets/:path', { schema: { hide: true } }, (request, reply) => {
    const asset = assets.get(request.params.path);
    if (!asset) throw new NotFoundError('There is no such file.');
    const isCompressed = /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
    return reply
      .headers({
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        vary: 'accept-encoding',
        ...(isCompressed && { 'content-encoding': 'br' }),
      })
      .type(asset.type)
      .send(isCompressed ? asset.compressed : asset.body);
  });

  return (name) => urls.get(name) ?? '';
}
