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
  {
    name: 'a payload that is not valid is sent',
    changes: [
      {
        file: 'csms/commands/dispatch.ts',
        from: 'return JSON.stringify(await checkCommand(protocol, action, JSON.parse(payload)));',
        to: 'return payload;',
      },
    ],
  },
  {
    name: 'an answer that is not valid is taken for a yes or a no',
    changes: [
      {
        file: 'csms/commands/verdict.ts',
        from: 'await responseOf({ commandId, messageId, at, action, payload: outcome.payload }, context)',
        to: 'outcome.payload',
      },
    ],
  },
  {
    name: 'a CALL under the id of another is dropped without a word',
    changes: [
      {
        file: 'csms/commands/enqueue.ts',
        from: "await announceRefusal(call, 'message-id-taken', ports);",
        to: '',
      },
    ],
  },
  {
    name: 'a cancelled command is sent by whoever had read it before',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: "if (command.status !== 'queued' || isExpired(command, now)) return undefined;",
        to: "if (!['queued', 'cancelled'].includes(command.status) || isExpired(command, now)) return undefined;",
      },
    ],
  },
  {
    name: 'the last is sent first',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: 'order: `${now.toISOString()}#${asked.commandId}`',
        to: 'order: `${Number.MAX_SAFE_INTEGER - now.getTime()}#${asked.commandId}`',
      },
    ],
  },
  {
    name: 'a charge point that is Rejected gets CALLs',
    changes: [{ file: 'csms/commands/dispatch.ts', from: "if (registration === 'Rejected') return;", to: '' }],
  },
  {
    name: 'a charge point that is Pending is to start a transaction',
    changes: [
      {
        file: 'csms/commands/dispatch.ts',
        from: 'if (isWithheld(command.action, registration)) {',
        to: 'if (!registration) {',
      },
    ],
  },
  {
    name: 'a timer that comes early, by a clock that is behind, is forgotten',
    changes: [
      {
        file: 'csms/act-on.ts',
        from: 'if (timer.due > now) return ports.timers.send(timer);',
        to: 'if (timer.due > now) return;',
      },
    ],
  },
  {
    name: 'the sweep expires whatever is queued when it looks',
    changes: [
      {
        file: 'csms/commands/overdue.ts',
        from: "if (command.status === 'queued' && isExpired(command, now)) return expire(command, ports);",
        to: "if (command.status === 'queued') return expire(command, ports);",
      },
      {
        file: 'csms/commands/life.ts',
        from: "return command.status === 'queued' && isExpired(command, now) ? settled(command, 'expired', now) : undefined;",
        to: "return command.status === 'queued' ? settled(command, 'expired', now) : undefined;",
      },
    ],
  },
  {
    name: 'what nobody posted is timed out',
    changes: [
      {
        file: 'csms/commands/dispatch.ts',
        from: 'await sockets.postOnce(connectionId, callFrame(messageId, action, payload));',
        to: 'if (command.attempts.length > 0) await sockets.postOnce(connectionId, callFrame(messageId, action, payload));',
      },
    ],
  },
  {
    name: 'what may be repeated is given up with its connection',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: 'if (isLost && isRepeatable(command) && !isExpired(command, now)) {',
        to: 'if (isLost && isRepeatable(command) && isExpired(command, now)) {',
      },
    ],
  },
  {
    name: 'what was posted to the current connection is sent again',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: 'if (isLost && isRepeatable(command) && !isExpired(command, now)) {',
        to: 'if (isRepeatable(command) && !isExpired(command, now)) {',
      },
    ],
  },
  {
    name: 'a late answer is ignored',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: 'if (isAnswered(command)) return undefined;',
        to: 'if (isSettled(command)) return undefined;',
      },
    ],
  },
  {
    name: 'an answer leaves the slot to its time-out',
    changes: [
      {
        file: 'csms/commands/settle.ts',
        from: 'await slots.release({ chargePointId, commandId, ...attempt });',
        to: '',
      },
    ],
  },
  {
    name: 'what an answer made of a command is told nobody',
    changes: [{ file: 'csms/commands/settle.ts', from: 'await announceSettled(changed.command, ports);', to: '' }],
  },
  {
    name: 'a CALL ends by the time of somebody who came too late to send it',
    changes: [
      {
        file: 'csms/commands/life.ts',
        from: '!attempt || !isSameAttempt(attempt, given)',
        to: 'attempt?.messageId !== given.messageId',
      },
    ],
  },
  {
    name: 'what must not happen twice is thought to be repeatable',
    changes: [{ file: 'csms/commands/actions.ts', from: "  'Reset',\n", to: '' }],
  },
  {
    name: 'what is about now waits for a day',
    changes: [
      { file: 'csms/commands/actions.ts', from: 'isImmediate(action) ? minute', to: 'isImmediate("") ? minute' },
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
