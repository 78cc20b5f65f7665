import { sampleOf } from './sample.js';

type Json = Record<string, unknown>;

interface Described {
  operationId: string;
  summary: string;
  description: string;
  parameters?: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: Json;
    example?: unknown;
  }[];
  requestBody?: { content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
}

/** Of each page. */
export const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
summary{cursor:pointer;padding:.3rem 0}code,pre{font:14px/1.4 ui-monospace,monospace}
p[id]{scroll-margin-top:4rem}pre{background:#f4f4f4;padding:.7rem;overflow:auto}td,th{text-align:left;padding:.1rem .8rem .1rem 0;vertical-align:top}
b{display:inline-block;min-width:4.5rem}@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}pre{background:#222}}`;

/** An OpenAPI document as a page, with nothing to load and nothing that runs. */
export function docsPage(document: Json): string {
  const { info, paths } = document as {
    info: { title: string; version: string; description: string };
    paths: Record<string, Record<string, Described>>;
  };
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => section(method.toUpperCase(), path, described)),
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${text(info.title)}</title><style>${style}</style>
<h1>${text(info.title)} ${text(info.version)}</h1><p>${text(info.description)}
The same for programs: <a href="openapi.json">openapi.json</a>.</p>
${all.join('\n')}</html>`;
}

function section(
  method: string,
  path: string,
  { operationId, summary, description, parameters = [], requestBody, responses }: Described,
): string {
  const rows = parameters.map(
    (each) =>
      `<tr><td><code>${text(each.name)}</code><td>${each.in}${each.required ? ', required' : ''}<td>${text(each.description ?? '')}<td><code>${text(JSON.stringify(each.schema))}</code>`,
  );
  const bodies = Object.entries(requestBody?.content ?? {}).map(
    ([type, { schema, example }]) => `<h4>Body, ${type}</h4>${json(example)}${json(schema)}`,
  );
  const asked = Object.values(requestBody?.content ?? {})[0]?.example;
  const known = {
    ...Object.fromEntries(parameters.map(({ name, example }) => [name, example])),
    ...(typeof asked === 'object' && asked),
  };
  // A problem has a page of its own, and a text no members.
  const sample = (schema: Json) => (schema.properties ? json(sampleOf(schema, known)) : '');
  const answers = Object.entries(responses).map(
    ([status, { description: told, content = {} }]) =>
      `<h4>${status}: ${text(told)}</h4>${Object.values(content)
        .map(({ schema }) => `${sample(schema)}${json(schema)}`)
        .join('')}`,
  );
  // An anchor inside opens what it is in.
  return `<details><summary><b>${method}</b><code>${text(path)}</code><br>${text(summary)}</summary>
<p id="${operationId}">${text(description)} <a href="#${operationId}">#${operationId}</a></p>
<table>${rows.join('')}</table>${bodies.join('')}${answers.join('')}</details>`;
}

function json(value: unknown): string {
  return `<pre>${text(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2))}</pre>`;
}

/** A text as HTML. */
export function text(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
