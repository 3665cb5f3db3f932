import { request } from './request.js';

/** A link to a tenant's settings page, as DCI asks for it. */
export async function portalLink(url: string, tenantId: string, body: object = {}): Promise<string> {
  const answer = await request(url, `/v1/tenants/${tenantId}/portal-links`, { method: 'POST', body });
  return (answer.body as { url: string }).url;
}

/** Opens a link as a browser does: its cookie, and where it leads. */
export async function openLink(
  link: string,
): Promise<{ status: number; cookie: string; location: string; setCookie: string }> {
  const response = await fetch(link, { redirect: 'manual' });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return {
    status: response.status,
    setCookie,
    cookie: setCookie.split(';')[0] ?? '',
    location: response.headers.get('location') ?? '',
  };
}

/** The cookie of a member of staff who has signed in to the operators' view with a token of the API. */
export async function staffCookie(url: string, token: string): Promise<string> {
  const signIn = await fetch(`${url}/operators/sign-in`, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ token }),
    redirect: 'manual',
  });
  return signIn.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** The CSRF token in a page. */
export function csrfTokenIn(html: string): string {
  return /&#34;x-csrf-token&#34;:&#34;([\w-]+)&#34;/.exec(html)?.[1] ?? '';
}
