import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two systems can't keep their things in one folder. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(
      `${folder} is in use by process ${pid}: end that, or choose another with --keep-in, or keep nothing with --ephemeral.`,
    );
  }
}

/** What this process has claimed: a number from before may be its own by chance. */
const claimed = new Set<string>();

/**
 * Claims a folder for whoever asks first, until `close`. One whose process is gone is free.
 *
 * @throws {FolderInUse}
 */
export function claim(folder: string): { close(): void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'pid');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = ownerOf(file);
      if (owner === process.pid ? claimed.has(folder) : isAlive(owner)) throw new FolderInUse(folder, owner);
      rmSync(file, { force: true });
    }
  }
  claimed.add(folder);
  return {
    close() {
      claimed.delete(folder);
      rmSync(file, { force: true });
    },
  };
}

function ownerOf(file: string): number {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    // Whoever claimed the folder ended well meanwhile.
    return Number.NaN;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
