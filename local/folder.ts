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

/**
 * Claims a folder for this process, until `close`. One whose process is gone is free.
 *
 * @throws {FolderInUse}
 */
export function claim(folder: string): { close(): void } {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'pid');
  const owner = ownerOf(file);
  if (owner !== undefined && owner !== process.pid && isAlive(owner)) throw new FolderInUse(folder, owner);
  writeFileSync(file, String(process.pid));
  return { close: () => rmSync(file, { force: true }) };
}

function ownerOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    // Nobody claimed the folder, or whoever did ended well.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
