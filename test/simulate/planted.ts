import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { play } from './play.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A defect: in each of these files, this text in the place of that. */
export interface Bug {
  name: string;
  changes: { file: string; from: string; to: string }[];
}

/** What a system like this one is known to get wrong. */
export const bugs: Bug[] = [
  {
    name: 'the slot of a closed connection is leaked',
    changes: [
      {
        file: 'csms/commands/dispatch.ts',
        from: 'if (held?.connectionId === connection.connectionId) return;',
        to: 'if (held) return;',
      },
    ],
  },
  {
    name: "an old socket's answer settles the new CALL",
    changes: [
      {
        file: 'csms/commands/settle.ts',
        from: 'one.messageId === messageId && one.connectionId === connectionId',
        to: 'one.messageId === messageId',
      },
    ],
  },
  {
    name: 'the live socket is closed after a handshake that failed',
    changes: [
      {
        file: 'csms/connections/open.ts',
        from: 'if (await sockets.exists(connectionId)) {',
        to: 'if (age < patience) {',
      },
      {
        file: 'csms/connections/close.ts',
        from: 'const isReplaced = current && (await sockets.exists(current.connectionId));',
        to: 'const isReplaced = current;',
      },
    ],
  },
  {
    name: 'a wake-up is lost: the queue is looked at before the slot is free',
    changes: [
      {
        file: 'csms/commands/settle.ts',
        from: `await slots.release({ chargePointId, commandId, ...attempt });
  await dispatch(chargePointId, ports);`,
        to: `await dispatch(chargePointId, ports);
  await slots.release({ chargePointId, commandId, ...attempt });`,
      },
    ],
  },
  {
    name: 'the sweep leaves a CALL unanswered whose timer is lost',
    changes: [
      {
        file: 'csms/commands/overdue.ts',
        from: 'await giveUp({ chargePointId, commandId, ...attempt }, ports);',
        to: '',
      },
    ],
  },
  {
    name: 'the sweep looks at the first of the queue alone',
    changes: [
      {
        file: 'csms/commands/overdue.ts',
        from: 'return expire(command, ports);',
        to: 'return dispatch(chargePointId, ports);',
      },
    ],
  },
  {
    name: 'a CALL is posted twice: it is marked as sent whatever it was before',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: "if (command.status !== 'queued' || isExpired(command, now)) return undefined;",
        to: '',
      },
    ],
  },
];

/** The simulation, of a system with a bug in it. @throws when the code is no longer as the bug expects it */
export async function planted({ changes }: Bug): Promise<{ play: typeof play; remove(): Promise<void> }> {
  // Inside of the project, where its packages are found.
  const folder = await mkdtemp(join(root, 'node_modules', '.planted-'));
  const outfile = join(folder, 'play.mjs');
  await build({
    entryPoints: [join(root, 'test/simulate/play.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    plugins: [
      {
        name: 'plant',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, async ({ path }) => {
            let contents = await readFile(path, 'utf8');
            for (const { from, to } of changes.filter(({ file }) => path === join(root, file))) {
              if (contents.split(from).length !== 2) throw new Error(`${path} has not one place for the bug: ${from}`);
              contents = contents.replace(from, () => to);
            }
            return { contents, loader: 'ts' };
          });
        },
      },
    ],
  });
  const { play: playPlanted } = (await import(pathToFileURL(outfile).href)) as { play: typeof play };
  return { play: playPlanted, remove: () => rm(folder, { recursive: true }) };
}
