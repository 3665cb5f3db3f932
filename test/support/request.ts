import { API_TOKEN } from './harness.js';

/** One call of the API, as a stranger would make it: status, headers and the parsed body. */
export async function request(
  url: string,
  path: string,
  { method = 'GET', body, token = API_TOKEN, headers = {} }: RequestOptions = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== '' && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export interface RequestOptions {
  method?: string;
  body?: unknown;
  /** Empty for none. */
  token?: string;
  headers?: Record<string, string>;
}
