import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Two processes can't have one folder. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number, advice: string) {
    super(`${folder} is in use by process ${pid}: ${advice}.`);
  }
}

/** For whoever keeps a system's things. */
const keepElsewhere = 'end that, or choose another with --keep-in, or keep nothing with --ephemeral';

/** What this process has claimed: a number from before may be its own by chance. */
const claimed = new Set<string>();

/**
 * Claims a folder for whoever asks first, until `close`. One whose process is gone is free.
 *
 * @param advice what to do where another process has it
 * @throws {FolderInUse}
 */
export function claim(folder: string, advice = keepElsewhere): { close(): void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'pid');
  for (;;) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = ownerOf(file);
      if (owner === process.pid ? claimed.has(folder) : isAlive(owner)) throw new FolderInUse(folder, owner, advice);
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
