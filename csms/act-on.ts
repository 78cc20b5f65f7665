import type { Timer } from '../schemas/timer.js';
import { dispatch } from './commands/dispatch.js';
import type { CommandPorts } from './commands/ports.js';
import { commandDue } from './commands/settle.js';
import { closeDue, offlineDue, retireDue } from './connections/close.js';
import { openingDue } from './connections/open.js';
import type { FrameTopics } from './frame-topics.js';
import { type TaskPorts, taskDue } from './tasks/step.js';

export type TimerPorts = TaskPorts & { topics: FrameTopics };

/** Does what a timer is for; one that was received early goes back to the queue. */
export async function actOn(timer: Timer, ports: TimerPorts): Promise<void> {
  const now = ports.clock.now().getTime();
  if (timer.due > now) return ports.timers.send(timer);
  switch (timer.kind) {
    case 'task':
      return taskDue(timer, ports);
    case 'queue':
      return dispatch(timer.chargePointId, ports);
    case 'command':
      return commandDue(timer, ports);
    case 'answer': {
      const { chargePointId, connectionId, protocol, frame } = timer;
      const receivedAt = new Date(timer.receivedAt);
      return ports.topics.out(chargePointId, frame, { connectionId, protocol, receivedAt, isContested: true });
    }
    case 'retire': {
      const owed = await ports.slots.read(timer.chargePointId);
      const until = owed?.connectionId === timer.connectionId ? Date.parse(owed.deadline) : 0;
      if (until > now) return ports.timers.send({ ...timer, due: until });
      return retireDue(timer, ports);
    }
    case 'opening':
    case 'close':
    case 'offline': {
      const isConnected = await connectionDue(timer, ports);
      if (isConnected) await dispatch(timer.chargePointId, ports);
    }
  }
}

/** @returns whether the charge point has a connection now that takes what is queued for it */
function connectionDue(
  timer: Extract<Timer, { kind: 'opening' | 'close' | 'offline' }>,
  ports: CommandPorts,
): Promise<boolean> {
  switch (timer.kind) {
    case 'opening':
      return openingDue(timer, ports);
    case 'close':
      return closeDue(timer, ports);
    case 'offline':
      return offlineDue(timer, ports);
  }
}
