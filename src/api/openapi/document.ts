/** As much of an OpenAPI document as we touch; the library's own types know only OpenAPI 3.0 well. */
export interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema>; responses?: Record<string, Response> };
}

export interface Operation {
  requestBody?: { required: boolean; content: Record<string, { schema: Schema }> };
  responses: Record<string, Response | { $ref: string }>;
  [extension: `x-${string}`]: unknown;
}

export interface Schema {
  $ref?: string;
  anyOf?: { type?: string }[];
}

export interface Response {
  description: string;
  headers?: Record<string, Header>;
  links?: Record<string, object>;
  content?: Record<string, object>;
}

export interface Header {
  description: string;
  schema: object;
  example?: string;
}

/** Every operation of the document. */
export function operationsOf({ paths }: Document): Operation[] {
  return Object.values(paths).flatMap((path) => Object.values(path));
}
