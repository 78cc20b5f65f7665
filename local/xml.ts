import type { AwsResponse } from './service.js';

/** @param content elements, or text that is {@link escaped} */
export function element(name: string, content: string | string[]): string {
  return `<${name}>${[content].flat().join('')}</${name}>`;
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** An answer in XML, with `root` as its only element. */
export function xml(root: string, status = 200): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${root}`,
  };
}
