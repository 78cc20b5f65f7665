import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from './clock.js';

/** A map that may outlive the process. Its values are plain JSON. */
export interface Store<Value> {
  readonly entries: Map<string, Value>;
  /** To be called after every change of `entries`. */
  changed(): void;
  /** Writes what is not written yet. */
  close(): void;
}

/** Changes of this many milliseconds are written together: a fleet that boots is not one write per charge point. */
const writeAfter = 100;

/**
 * Opens `<folder>/<name>.json`, or keeps the entries in memory when there is no folder.
 * @throws when the file is there but cannot be read.
 */
export function openStore<Value>(name: string, clock: Clock, folder: string | undefined): Store<Value> {
  if (folder === undefined) return { entries: new Map(), changed() {}, close() {} };
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}.json`);
  const entries = read<Value>(file);
  let cancel: (() => void) | undefined;

  const write = () => {
    cancel = undefined;
    // A rename is atomic: whoever kills the process leaves the old file or the new one, never half of it.
    writeFileSync(`${file}.new`, JSON.stringify([...entries]));
    renameSync(`${file}.new`, file);
  };
  return {
    entries,
    changed() {
      cancel ??= clock.after(writeAfter, write);
    },
    close() {
      cancel?.();
      if (cancel) write();
    },
  };
}

function read<Value>(file: string): Map<string, Value> {
  try {
    return new Map(JSON.parse(readFileSync(file, 'utf8')) as [string, Value][]);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new Error(`${file} cannot be read: repair it, or delete it to start empty.`, { cause });
  }
}
