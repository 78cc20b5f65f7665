/** A command of a document, and what it shows to be printed. */
export interface Block {
  command: string;
  output: string[];
}

/** The commands of a document's console blocks, in their order: `$ ` is before each. */
export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const [, text = ''] of markdown.matchAll(/^```console\n(.*?)^```$/gms)) {
    for (const line of text.split('\n')) {
      if (line.startsWith('$ ')) blocks.push({ command: line.slice(2), output: [] });
      else if (line.trim() !== '') blocks.at(-1)?.output.push(line);
    }
  }
  return blocks;
}

/** A line that stands for any number of them. */
const elided = '…';

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What differs from run to run: times, ports, numbers by themselves, and what is cut off by `…`, of which it is remembered what it was. */
const varying = [
  [/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/, '\\d{4}-\\d\\d-\\d\\d[T ][\\d:.]+Z?'],
  [/(?<=(localhost|127\.0\.0\.1):)\d+/, '\\d+'],
  [/(?<=^| )\d+(\.\d+)?(?= |$)/, '\\d+(?:\\.\\d+)?'],
] as const;

/** Holds what is printed against what a document shows. Line by line, in any order: what happens in one moment has none. */
export class Shown {
  /** By what the document has instead: `0ef62ec3…` is an id. */
  readonly #actual = new Map<string, string>();

  /** The command with what was printed instead of what is shown. */
  inserted(command: string): string {
    return [...this.#actual].reduce((text, [name, value]) => text.replaceAll(name, value), command);
  }

  missingOf(output: string[], printed: string[]): string[] {
    return this.#match(output, printed, new Map(this.#actual)).missing;
  }

  /** What of `output` was not printed, and what was printed beside it; remembers what stood for what. */
  compare(output: string[], printed: string[]): { missing: string[]; surplus: string[]; lines: string[] } {
    const { missing, surplus } = this.#match(output, printed, this.#actual);
    return { missing, surplus: output.includes(elided) ? [] : surplus, lines: printed };
  }

  #match(output: string[], printed: string[], actual: Map<string, string>) {
    const left = printed.map(spaced).filter((line) => line !== '' && !/^compiling /.test(line));
    const missing = output
      .filter((line) => line !== elided)
      .filter((line) => {
        const { pattern, names } = patternOf(spaced(line), actual);
        const index = left.findIndex((candidate) => pattern.test(candidate));
        if (index < 0) return true;
        const values = pattern.exec(left[index] ?? '')?.slice(1) ?? [];
        for (const [i, name] of names.entries()) actual.set(name, values[i] ?? '');
        left.splice(index, 1);
        return false;
      });
    return { missing, surplus: left };
  }
}

/** Columns are as wide as what is in them. */
function spaced(line: string): string {
  return line.replace(/ +/g, ' ').trim();
}

function patternOf(line: string, actual: Map<string, string>): { pattern: RegExp; names: string[] } {
  const names: string[] = [];
  const parts = new RegExp([/[\w-]*…/, ...varying.map(([part]) => part)].map(({ source }) => source).join('|'), 'g');
  let source = '';
  let from = 0;
  for (const match of line.matchAll(parts)) {
    const [part] = match;
    source += escaped(line.slice(from, match.index));
    from = match.index + part.length;
    const known = actual.get(part);
    if (known !== undefined) source += escaped(known);
    else if (part === elided || /^[A-Z]…$/.test(part)) source += '.*?';
    else if (part.endsWith('…')) {
      source += '([\\w-]+)';
      names.push(part);
    } else source += varying.find(([one]) => new RegExp(`^(?:${one.source})$`).test(part))?.[1] ?? '\\d+(?:\\.\\d+)?';
  }
  return { pattern: new RegExp(`^${source}${escaped(line.slice(from))}$`), names };
}
