import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { openStore } from '../store.js';

/** An object without its bytes. */
export interface StoredObject {
  etag: string;
  size: number;
  /** Milliseconds since 1970. */
  at: number;
  /** Headers that whoever gets it is told as whoever put it did. */
  headers: Record<string, string>;
}

/** The objects of one bucket. */
export interface Objects {
  find(key: string): StoredObject | undefined;
  /** @throws when there is none */
  read(key: string): Buffer;
  put(key: string, body: Buffer, headers: Record<string, string>): StoredObject;
  delete(key: string): void;
  keys(): string[];
  close(): void;
  /** Deletes all there is. */
  remove(): void;
}

/** @param folder where they are kept, each in a file that is called by its key's hash */
export function openObjects(clock: Clock, folder: string): Objects {
  const store = openStore<StoredObject>('objects', clock, folder);
  // A key may be longer than a file's name, and what is a folder in one is an object in another.
  const file = (key: string) => join(folder, createHash('sha256').update(key).digest('hex'));
  return {
    find: (key) => store.entries.get(key),
    read: (key) => readFileSync(file(key)),
    put(key, body, headers) {
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      const stored = { etag, size: body.length, at: clock.now(), headers };
      writeFileSync(file(key), body);
      store.entries.set(key, stored);
      store.changed();
      return stored;
    },
    delete(key) {
      if (!store.entries.delete(key)) return;
      rmSync(file(key), { force: true });
      store.changed();
    },
    keys: () => [...store.entries.keys()],
    close: store.close,
    remove() {
      store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
