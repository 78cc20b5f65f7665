import { MemoryAnswers } from './answers.js';
import { MemoryChargePoints } from './charge-points.js';
import { SettableClock } from './clock.js';
import { MemoryCommands, MemorySlots } from './commands.js';
import { MemoryComponents } from './components.js';
import { MemoryConnections } from './connections.js';
import { MemoryConnectors } from './connectors.js';
import { MemoryDesiredConfigurations } from './desired-configurations.js';
import { MemoryEvents } from './events.js';
import { MemoryFiles } from './files.js';
import { MemoryFrameTopics } from './frame-topics.js';
import { MemoryHistory, MemoryKeptFrames } from './history.js';
import { MemoryIdTokens } from './id-tokens.js';
import { MemoryInventory } from './inventory.js';
import { MemoryJobs } from './jobs.js';
import { MemoryKnocks } from './knocks.js';
import { MemoryMessages } from './messages.js';
import { MemoryMeterValues } from './meter-values.js';
import { MemoryCalls, MemoryChargePointRecords } from './records.js';
import { MemoryReservations } from './reservations.js';
import { MemorySockets } from './sockets.js';
import { MemoryTaskEvents, MemoryTasks } from './tasks.js';
import { MemoryRegistry, MemoryShadows } from './things.js';
import { MemoryTimers } from './timers.js';
import { MemoryTransactions } from './transactions.js';
import { atOnce, type Turn } from './turn.js';

export interface Stage {
  namespace: string;
  allowSecurityProfile0: boolean;
  commandTimeout: number;
  heartbeatInterval: number;
  answeredElsewhere: string[];
  externalAnswerTimeout: number;
  registrationStatus: 'Accepted' | 'Pending' | 'Rejected';
  unknownTokens: 'Accepted' | 'Invalid';
  validation: 'strict' | 'tolerant';
}

export type Memory = ReturnType<typeof inMemory>;

/** Every port of the domain, in memory, for one stage. */
export function inMemory({ turn = atOnce, stage = {} }: { turn?: Turn; stage?: Partial<Stage> } = {}) {
  const clock = new SettableClock();
  const defaults: Stage = {
    namespace: '',
    allowSecurityProfile0: false,
    commandTimeout: 30,
    heartbeatInterval: 300,
    answeredElsewhere: [],
    externalAnswerTimeout: 10,
    registrationStatus: 'Accepted',
    unknownTokens: 'Invalid',
    validation: 'strict',
  };
  const chargePoints = new MemoryChargePoints(turn);
  const shadows = new MemoryShadows(turn);
  const history = new MemoryHistory(turn);
  const files = new MemoryFiles(turn, clock);
  return {
    clock,
    calls: new MemoryCalls(),
    desired: new MemoryDesiredConfigurations(shadows, clock, turn),
    answers: new MemoryAnswers(clock, turn),
    chargePoints,
    records: new MemoryChargePointRecords(chargePoints),
    commands: new MemoryCommands(turn),
    components: new MemoryComponents(turn),
    connections: new MemoryConnections(turn),
    connectors: new MemoryConnectors(turn),
    events: new MemoryEvents(clock, turn),
    files,
    fileUrls: files,
    history,
    idTokens: new MemoryIdTokens(turn),
    inventory: new MemoryInventory(clock, turn),
    jobs: new MemoryJobs(turn),
    keptFrames: new MemoryKeptFrames(history, turn),
    knocks: new MemoryKnocks(turn),
    messages: new MemoryMessages(),
    meterValues: new MemoryMeterValues(turn),
    reservations: new MemoryReservations(turn),
    registry: new MemoryRegistry(turn),
    shadows,
    slots: new MemorySlots(turn),
    sockets: new MemorySockets(turn),
    tasks: new MemoryTasks(turn),
    taskEvents: new MemoryTaskEvents(turn),
    timers: new MemoryTimers(turn),
    topics: new MemoryFrameTopics(turn),
    transactions: new MemoryTransactions(turn),
    stage: { ...defaults, ...stage },
  };
}
