import { createHash } from 'node:crypto';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyPluginAsync } from 'fastify';

const PREFIX = '/docs';

/**
 * The document to read in a browser. Everything comes from this service: no fonts, no proxy, no telemetry and no
 * assistant of others, which the content policy would not let through either.
 */
export const referenceRoute: FastifyPluginAsync = async (app) => {
  let policy: string | undefined;
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header('x-content-type-options', 'nosniff');
    if (typeof payload !== 'string' || !isPage(reply.getHeader('content-type'))) return payload;
    // The page is the same for everybody, and so is the policy.
    policy ??= policyFor(payload);
    reply.header('content-security-policy', policy);
    reply.header('referrer-policy', 'no-referrer');
    // Else browsers ask for /favicon.ico.
    return payload.replace('</title>', '</title>\n    <link rel="icon" href="data:," />');
  });
  await app.register(scalar, {
    routePrefix: PREFIX,
    configuration: {
      pageTitle: 'API: meeting summaries to SuperOffice',
      url: '/openapi.json',
      withDefaultFonts: false,
      telemetry: false,
      agent: { disabled: true },
      mcp: { disabled: true },
      showDeveloperTools: 'never',
      hideClientButton: true,
      documentDownloadType: 'direct',
      orderSchemaPropertiesBy: 'preserve',
      orderRequiredPropertiesFirst: false,
    },
  });
};

function isPage(contentType: unknown): boolean {
  return typeof contentType === 'string' && contentType.startsWith('text/html');
}

/** Lets a page load what lies beside it, and run the scripts that are written in it. */
function policyFor(page: string): string {
  const inline = [...page.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  );
  return [
    "default-src 'none'",
    `script-src 'self' ${inline.join(' ')}`,
    // The reference writes its styles itself.
    "style-src 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
