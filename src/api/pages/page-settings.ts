import type { FastifyRequest } from 'fastify';

/** How the pages are served. Times in milliseconds. */
export interface PageSettings {
  /** Origin at which people reach them; undefined: whatever they asked for. */
  publicUrl: string | undefined;
  /** Origins that may show them in a frame. */
  embedOrigins: readonly string[];
  /** How long a link can be opened. */
  linkValidMs: number;
  /** How long a session lasts. */
  sessionMs: number;
}

/** The origin at which people reach the pages: `https://superoffice.example.com`. */
export function publicOriginOf({ protocol, host }: FastifyRequest, { publicUrl }: PageSettings): string {
  return publicUrl ?? `${protocol}://${host}`;
}

/** Cookies that no script reads, that go nowhere else, and into a frame only where pages may be framed. */
export function cookieSettingsOf(request: FastifyRequest, settings: PageSettings) {
  const isEmbedded = settings.embedOrigins.length > 0;
  // Cookies for frames of other sites are only ever taken as secure ones.
  const secure = isEmbedded || publicOriginOf(request, settings).startsWith('https:');
  return {
    httpOnly: true,
    secure,
    sameSite: isEmbedded ? ('none' as const) : ('lax' as const),
    ...(isEmbedded && { partitioned: true }),
  };
}
