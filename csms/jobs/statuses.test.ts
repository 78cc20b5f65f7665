import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JobStatus } from './ports.js';
import { current, withStatus } from './statuses.js';

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1_000).toISOString();
/** What stands when a charge point says these, one a second. */
const told = (...statuses: string[]) => statuses.map((status, i) => ({ status, at: at(i) }));
const all = (statuses: JobStatus[]) =>
  statuses.reduce<JobStatus[]>((known, status) => withStatus(known, status) ?? known, []);

describe('the statuses of a job', () => {
  it('are the same in whatever order they come, and however often', () => {
    const status = fc.record({
      status: fc.constantFrom('Downloading', 'Downloaded', 'Installed'),
      at: fc.nat(9).map(at),
    });
    const both = fc
      .uniqueArray(status, { maxLength: 20, selector: (one) => one.at + one.status })
      .chain((statuses) =>
        fc.tuple(
          fc.constant(statuses),
          fc.shuffledSubarray([...statuses, ...statuses], { minLength: 2 * statuses.length }),
        ),
      );
    fc.assert(
      fc.property(both, ([statuses, shuffled]) => {
        expect(all(shuffled)).toEqual(all(statuses));
        expect(all(statuses)).toHaveLength(statuses.length);
      }),
    );
  });

  it('are 50 at most: what only repeats others goes first', () => {
    const statuses = told('DownloadScheduled', ...Array<string>(60).fill('Downloading'), 'Downloaded');
    const known = all(statuses);
    expect(known).toHaveLength(50);
    expect(known.slice(0, 2)).toEqual(statuses.slice(0, 2));
    expect(known.at(-1)).toEqual(statuses.at(-1));
    expect(current(known)).toMatchObject({ startedAt: at(0) });
  });

  it('are 50 at most: the oldest goes when none repeats', () => {
    const statuses = told(...Array.from({ length: 60 }, (_, i) => (i % 2 ? 'Downloading' : 'Downloaded')));
    expect(all(statuses)).toEqual(statuses.slice(10));
  });

  it('are none of which nothing can be said', () => {
    expect(current([])).toBeUndefined();
  });

  it('tell since when it is as it is, and when the run began', () => {
    const now = current(told('Downloading', 'Downloaded', 'Installing', 'Installing', 'Installing'));
    expect(now).toEqual({ last: { status: 'Installing', at: at(4) }, since: at(2), startedAt: at(0) });
  });
});

describe('a run', () => {
  it.each([
    [['Downloading', 'Downloaded', 'Installing', 'Installed'], 0],
    [['DownloadScheduled', 'Downloading', 'DownloadPaused', 'Downloading'], 0],
    [['Downloading', 'Installed', 'Downloading'], 2],
    [['Downloading', 'Downloaded', 'Downloading', 'Downloaded'], 2],
    [['Downloading', 'DownloadFailed', 'Downloading'], 2],
    [['Installing', 'Installed', 'Installed'], 0],
    [['Installed', 'Installing'], 1],
    [['InstallationFailed', 'Installing'], 1],
    [['Uploading', 'Uploaded', 'Uploading', 'Uploading'], 2],
    [['Uploading', 'UploadFailed', 'Uploading', 'Uploaded'], 2],
    [['Uploading', 'AcceptedCanceled', 'Uploading'], 2],
    [['Downloading', 'Downloaded', 'ChecksumVerified', 'Published'], 0],
    [['Downloading', 'InvalidChecksum', 'Downloading'], 2],
  ])('of %j began with number %i', (statuses, first) => {
    expect(current(told(...statuses))?.startedAt).toBe(at(first));
  });
});
