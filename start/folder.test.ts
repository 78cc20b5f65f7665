import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claim, FolderInUse } from './folder.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('a folder that another process keeps its things in is refused, with what to do', () => {
  writeFileSync(join(folder, 'pid'), String(process.ppid));
  const inUse = `${folder} is in use by process ${process.ppid}: `;
  expect(() => claim(folder)).toThrow(`${inUse}end that, or choose another with --keep-in,`);
  expect(() => claim(folder, 'wait for it')).toThrow(new FolderInUse(folder, process.ppid, 'wait for it'));
});

it('one that this process has claimed is refused until it is given back', () => {
  const claimedFolder = claim(folder);
  expect(() => claim(folder)).toThrow(FolderInUse);
  claimedFolder.close();
  claim(folder).close();
});

it('one whose process was killed is free, and so is one that was given back', () => {
  writeFileSync(join(folder, 'pid'), '999999999');
  claim(folder).close();
  claim(folder).close();
});
