import { style, text } from './docs-page.js';

/** docs/troubleshooting.md as a page: each code is a place in it, to which `help` of a problem leads. */
export function problemsPage(markdown: string): string {
  const blocks = markdown.trim().split(/\n{2,}/);
  const [title = '', ...rest] = blocks.map(block);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Troubleshooting</title><style>${style}</style>
${title}
${rest.join('\n')}</html>`;
}

function block(source: string): string {
  const [, marks, heading = ''] = /^(#+) (.+)$/.exec(source) ?? [];
  if (!marks) return `<p>${inline(source)}</p>`;
  const tag = `h${marks.length}`;
  return `<${tag} id="${text(heading.toLowerCase().replaceAll(' ', '-'))}">${inline(heading)}</${tag}>`;
}

/** Code and links; those to other files of the docs are left as their text. */
function inline(source: string): string {
  return text(source)
    .replace(/`([^`]+)`/g, '<code>$1</code>')
    .replace(/\[([^\]]+)\]\((#[\w-]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}
