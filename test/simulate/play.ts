import { actOn } from '../../csms/act-on.js';
import { answer } from '../../csms/answer.js';
import type { RegistrationStatus } from '../../csms/charge-points/ports.js';
import { announceSettled } from '../../csms/commands/announce.js';
import { cancelled, isSettled } from '../../csms/commands/life.js';
import { sweepCommands } from '../../csms/commands/overdue.js';
import { disconnected } from '../../csms/connections/close.js';
import { opening } from '../../csms/connections/open.js';
import { SocketGone } from '../../csms/connections/ports.js';
import { deliver } from '../../csms/deliver.js';
import { inMemory } from '../memory/index.js';
import { SimulatedChargePoint, type Socket } from './charge-point.js';
import { Rules } from './rules.js';
import { type Invocation, Scheduler } from './scheduler.js';
import { wordsOf } from './words.js';

export interface Played {
  /** What happened, a line each. */
  story: string[];
  /** What should not have. */
  broken: string[];
}

/** Something that a function is to be told, at least once. */
interface Delivery {
  name: string;
  /** A retry comes later. */
  notBefore: number;
  /** How often it is told again when it fails. What fails once more is lost: only what may be lost fails then. */
  retries: number;
  mayBeLost: boolean;
  /** Whether the sweep does what is left undone when it is lost for good. */
  isSwept(): boolean;
  /** Milliseconds that the function may run. */
  limit: number;
  work(): Promise<unknown>;
}

const chargePointId = 'CP1';
const protocols = ['ocpp2.0.1', 'ocpp1.6'] as const;
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** API Gateway gives a handshake up by then. */
const gatewayPatience = 29 * second;
/** Asynchronous invocations and queues tell a message again after a minute. */
const retryAfter = minute;
/** How long commands are worth sending, and what the sweep needs beyond that to find them. */
const longest = 26 * hour;
const mostCommands = 5;
/** A Lambda's clock may be off by so much, either way. */
const mostOff = 2 * second;
/** No command has such a member. */
const notValid = { unheardOf: 1 };
/** The last is not valid. */
const answers = ['Rejected', 'Accepted', 'Accepted', 'Rejected', 'Accepted', 'Perhaps'];
const registrations: RegistrationStatus[] = ['Rejected', 'Accepted', 'Pending', 'Accepted'];

/** What may go wrong. Each story leaves out some of it: where all goes wrong at once, little is reached. */
const troubles = [
  'answers late',
  'answers wrongly',
  'asks otherwise',
  'boots',
  'cancels',
  'changes clocks',
  'dials again',
  'dies',
  'drops',
  'fails',
  'is lost',
  'is of age',
  'is told twice',
  'lies',
  'restarts',
  'vanishes',
] as const;
type Trouble = (typeof troubles)[number];

/**
 * Plays one charge point, its connections and its commands, in virtual time. Each number decides what happens next of all
 * that can; when they are used up nothing goes wrong any more, and everything comes to its end. The same numbers are the
 * same story.
 */
export async function play(choices: readonly number[]): Promise<Played> {
  const [first = 0] = choices;
  const protocol = protocols[Math.floor(first / 4) % protocols.length] ?? 'ocpp2.0.1';
  const kindsOfTrouble = Math.imul(first, 0x9e3779b1) >>> 8;
  /** How likely trouble is in this story, of each kind that it has. */
  const trouble = (kind: Trouble, weight: number) => (kindsOfTrouble & (1 << troubles.indexOf(kind)) ? weight : 0);
  const words = wordsOf[protocol];
  const boot = JSON.stringify([2, 'boot', 'BootNotification', words.boot]);
  const scheduler = new Scheduler();
  const memory = inMemory({ turn: scheduler.turn });
  const { clock, commands, connections, chargePoints, events, sockets, slots, timers, shadows, connectors } = memory;
  const watched = { commands, connections, chargePoints, events, sockets, slots, timers, shadows, connectors };
  let off = 0;
  const functionsClock = { now: () => new Date(clock.millis + off) };
  const ports = { ...memory, ...scheduler.watched(watched), clock: functionsClock };
  const rules = new Rules(memory, mostOff);
  const chargePoint = new SimulatedChargePoint(memory);
  const story: string[] = [];
  const inbox: Delivery[] = [];
  const asked: string[] = [];
  const begun = clock.millis;
  const running = new Map<Invocation, Delivery>();
  /** Who took the last step. */
  let acting: Invocation | undefined;
  let dialled = 0;
  let sweptAt = clock.millis;

  chargePoints.put({ chargePointId });
  events.onEmit = (event) => rules.onEvent(event);
  sockets.onClose = (connectionId) => {
    rules.onClose(connectionId, chargePoint.newest?.id);
    chargePoint.closed(connectionId);
    tell(connectionId, 1000);
  };
  sockets.onPost = (connectionId, text) => {
    const [, messageId, action, payload] = JSON.parse(text) as [number, string, string, object];
    rules.onPost(connectionId, messageId, action, payload);
    chargePoint.arrived(connectionId, messageId);
  };

  function expectDelivery(
    name: string,
    limit: number,
    retries: number,
    work: () => Promise<unknown>,
    isSwept = () => false,
  ): void {
    inbox.push({ name, notBefore: clock.millis, retries, mayBeLost: retries === 0, isSwept, limit, work });
  }

  /** The schedule: a sweep that fails is not repeated. There is nothing here of the other kinds that it sees to at the same time. */
  function tick(): void {
    sweptAt = clock.millis;
    expectDelivery('sweep', 30 * second, 0, () => sweepCommands(ports));
  }

  /** `$disconnect`, which nobody repeats. */
  function tell(connectionId: string, code: number): void {
    const about = { chargePointId, connectionId, at: clock.now(), code, reason: `closed with ${code}` };
    expectDelivery(`$disconnect of ${connectionId}`, 10 * second, 0, () => disconnected(about, ports));
  }

  function ask(isValid: boolean): void {
    const messageId = `m${asked.length + 1}`;
    const { action, payload } = words.asks[asked.length % words.asks.length] ?? words.other;
    asked.push(messageId);
    publish(messageId, action, isValid ? payload : notValid);
  }

  /** Somebody publishes a CALL on `{id}/out`. */
  function publish(messageId: string, action: string, payload: object): void {
    const text = JSON.stringify([2, messageId, action, payload]);
    rules.onAsk(messageId, action, payload !== notValid);
    const nobodys = { connectionId: undefined, receivedAt: undefined, isContested: false };
    const out = { chargePointId, text, publishedAt: clock.now(), ...nobodys };
    const isSwept = () => commands.items.get(`${chargePointId}/${messageId}`)?.action === action;
    expectDelivery(`deliver ${messageId} ${action}`, 10 * second, 2, () => deliver(out, ports), isSwept);
  }

  /** The charge point says something to a CALL, or to what another connection was asked under the same id. */
  function reply(connectionId: string, messageId: string, status: string): void {
    const posted = rules.posted.find((one) => one.messageId === messageId && one.connectionId === connectionId);
    if (posted) posted.answer ??= status;
    const text = JSON.stringify([3, messageId, { status }]);
    const receivedAt = clock.now();
    const context = { ...ports, chargePointId, connectionId, protocol, receivedAt } as const;
    const work = () =>
      answer(text, context).then(() => rules.lives.onHeard(messageId, connectionId, running.size === 1));
    expectDelivery(`csms ${connectionId} ${messageId} ${status}`, 30 * second, 2, work, () => true);
  }

  function replyToOwed(socket: Socket, status: string): void {
    reply(socket.id, socket.owed.shift() ?? '', status);
  }

  async function dial(): Promise<void> {
    // Nobody dials twice in a millisecond.
    clock.advance(1);
    const order = ++dialled;
    const connectionId = `c${order}`;
    const at = clock.millis;
    const since = clock.now().toISOString();
    const invocation = { name: `connect ${connectionId}`, endsAt: at + 10 * second, port: '' };
    const work = () => opening({ chargePointId, connectionId, protocol, since }, ports);
    await scheduler.begin(invocation, work, (error) => {
      if (!error) chargePoint.dialled(connectionId, order, at);
    });
  }

  async function begin(delivery: Delivery): Promise<void> {
    inbox.splice(inbox.indexOf(delivery), 1);
    const invocation = { name: delivery.name, endsAt: clock.millis + delivery.limit, port: '' };
    running.set(invocation, delivery);
    await scheduler.begin(invocation, delivery.work, (error) => {
      running.delete(invocation);
      if (error) again(delivery);
    });
  }

  /** What failed is told again, as often as Lambda or the queue does. */
  function again(delivery: Delivery): void {
    if (delivery.retries === 0) return;
    inbox.push({ ...delivery, retries: delivery.retries - 1, notBefore: clock.millis + retryAfter });
  }

  function mayFail(invocation: Invocation): boolean {
    const delivery = running.get(invocation);
    return !delivery || delivery.mayBeLost || delivery.retries > 0;
  }

  function kill(invocation: Invocation): void {
    rules.lives.onTrouble(invocation);
    scheduler.kill(invocation);
    const delivery = running.get(invocation);
    running.delete(invocation);
    if (delivery) again(delivery);
  }

  /** Timers that are due are in the queue's hands. */
  function collectTimers(): void {
    for (let timer = timers.take(clock.millis); timer; timer = timers.take(clock.millis)) {
      const due = timer;
      const about = 'messageId' in due ? due.messageId : due.kind === 'task' ? due.taskId : due.connectionId;
      const isSwept = () => due.kind === 'command' || due.kind === 'queue';
      expectDelivery(`timer ${due.kind} ${about}`, 10 * second, 4, () => actOn(due, ports), isSwept);
    }
  }

  /** Time goes on; what runs longer than it may is ended. */
  function advance(milliseconds: number): void {
    const isLate = ({ endsAt }: Invocation) => endsAt <= clock.millis + milliseconds;
    if (scheduler.waiting.some((each) => isLate(each) && !mayFail(each))) return;
    clock.advance(milliseconds);
    for (const invocation of [...scheduler.waiting]) if (invocation.endsAt <= clock.millis) kill(invocation);
    collectTimers();
  }

  /** Milliseconds until something is due; undefined when nothing will ever be. */
  function untilNext(): number | undefined {
    const times = [...timers.pending.map(({ due }) => due), ...inbox.map(({ notBefore }) => notBefore)];
    return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - clock.millis);
  }

  /** Milliseconds until the sweep has something to do; undefined when it never will. */
  function untilSwept(): number | undefined {
    const times = [...commands.items.values()].filter((each) => !isSettled(each)).map(({ dueAt }) => Date.parse(dueAt));
    return times.length === 0 ? undefined : Math.max(sweptAt + minute, ...times.sort().slice(0, 1)) - clock.millis;
  }

  const due = () => inbox.filter(({ notBefore }) => notBefore <= clock.millis);
  const pick = <T>(all: readonly T[], n: number): T => all[n % all.length] as T;

  /** What can happen next: how likely it is, whether it can, and what it does to the nth of those it can happen to. */
  interface Move {
    weight: number;
    among: readonly unknown[];
    happen(n: number): unknown;
  }
  const one = [0];
  const none: never[] = [];

  function moves(): Move[] {
    const { waiting } = scheduler;
    const open = chargePoint.having('open');
    const completing = chargePoint.having('dialled').filter(({ at }) => clock.millis - at <= gatewayPatience);
    const isConnecting =
      chargePoint.newest || completing.length > 0 || waiting.some(({ name }) => name.startsWith('connect'));
    const owing = open.filter(({ owed }) => owed.length > 0);
    const faulty = waiting.filter(mayFail);
    const unanswered = rules.posted.filter(({ answer }) => !answer);
    const swept = due().filter(({ isSwept }) => isSwept());
    return [
      { weight: 80, among: waiting, happen: (n) => go(pick(waiting, n)) },
      { weight: 32, among: due(), happen: (n) => start(pick(due(), n)) },
      { weight: 16, among: untilNext() ? one : none, happen: () => wait(untilNext() ?? 0) },
      { weight: 6, among: one, happen: (n) => wait(1 + (n % 4_000)) },
      { weight: 2, among: one, happen: (n) => wait(1 + (n % (5 * minute))) },
      { weight: 4, among: one, happen: () => tellAbout('the schedule says that it is time', tick) },
      {
        weight: 14,
        among: asked.length < mostCommands ? one : none,
        happen: (n) =>
          n % 8 === 0
            ? tellAbout(`ask m${asked.length + 1}, which is not valid`, () => ask(false))
            : tellAbout(`ask m${asked.length + 1}`, () => ask(true)),
      },
      { weight: trouble('asks otherwise', 2), among: asked, happen: (n) => askOtherwise(pick(asked, n)) },
      {
        weight: isConnecting ? trouble('dials again', 6) : 12,
        among: one,
        happen: () => tellAbout(`dial c${dialled + 1}`, dial),
      },
      { weight: 16, among: completing, happen: (n) => complete(pick(completing, n)) },
      { weight: trouble('drops', 6), among: open, happen: (n) => drop(pick(open, n)) },
      { weight: trouble('vanishes', 4), among: open, happen: (n) => vanish(pick(open, n)) },
      { weight: 6, among: chargePoint.having('closed'), happen: (n) => tellOf(pick(chargePoint.having('closed'), n)) },
      {
        weight: 60 - trouble('answers late', 54),
        among: owing,
        happen: (n) => sayTo(pick(owing, n), pick(answers, n)),
      },
      {
        weight: open.length > 1 ? trouble('answers wrongly', 12) : 0,
        among: unanswered,
        happen: (n) => sayWrongly(pick(unanswered, n).messageId, n),
      },
      { weight: trouble('is told twice', 6), among: due(), happen: (n) => repeat(pick(due(), n)) },
      { weight: trouble('is lost', 8), among: swept, happen: (n) => lose(pick(swept, n)) },
      { weight: trouble('dies', 8), among: faulty, happen: (n) => end(pick(faulty, n)) },
      { weight: trouble('fails', 4), among: faulty, happen: (n) => fail(pick(faulty, n)) },
      { weight: trouble('lies', 4), among: faulty, happen: (n) => lie(pick(faulty, n)) },
      { weight: trouble('cancels', 3), among: asked, happen: (n) => cancel(pick(asked, n)) },
      { weight: trouble('is of age', 3), among: open, happen: (n) => retire(pick(open, n)) },
      { weight: trouble('boots', 4), among: open, happen: (n) => bootAs(pick(registrations, n), pick(open, n).id) },
      { weight: trouble('changes clocks', 2), among: one, happen: (n) => setClocks((n % (2 * mostOff + 1)) - mostOff) },
      { weight: waiting.every(mayFail) ? trouble('restarts', 2) : 0, among: waiting, happen: restart },
    ];
  }

  function tellAbout<T>(line: string, happen: () => T): T {
    story.push(`${((clock.millis - begun) / 1000).toFixed(3).padStart(9)} s  ${line}`);
    return happen();
  }
  /** A step of an invocation, whatever comes of it. */
  const step = (each: Invocation, line: string, take: () => Promise<void>) => {
    acting = each;
    if (each.port === 'sockets.postOnce') rules.lives.onTry(each);
    return tellAbout(`${each.name}: ${each.port} ${line}`, take);
  };
  const go = (each: Invocation) => step(each, 'takes effect', () => scheduler.proceed(each));
  const start = (delivery: Delivery) => tellAbout(`${delivery.name} begins`, () => begin(delivery));
  const wait = (milliseconds: number) => tellAbout(`${milliseconds} ms pass`, () => advance(milliseconds));
  const complete = (socket: Socket) => tellAbout(`${socket.id} opens`, () => chargePoint.complete(socket));
  const drop = (socket: Socket) => tellAbout(`${socket.id} is lost`, () => chargePoint.drop(socket));
  const vanish = (socket: Socket) =>
    tellAbout(`${socket.id} is lost, and the gateway does not know`, () => chargePoint.vanish(socket));
  const tellOf = ({ id }: Socket) => tellAbout(`the gateway tells that ${id} closed`, () => tell(id, 1006));
  const sayTo = (socket: Socket, status: string) =>
    tellAbout(`the charge point answers ${socket.owed[0]} on ${socket.id}: ${status}`, () =>
      replyToOwed(socket, status),
    );
  const sayWrongly = (messageId: string, n: number) => {
    const { id } = pick(chargePoint.having('open'), n);
    if (rules.posted.some((posted) => posted.messageId === messageId && posted.connectionId === id)) return;
    tellAbout(`the charge point answers ${messageId} on ${id}, which never was asked that`, () =>
      reply(id, messageId, 'Rejected'),
    );
  };
  const repeat = (delivery: Delivery) => tellAbout(`${delivery.name} is told twice`, () => inbox.push({ ...delivery }));
  const lose = (delivery: Delivery) =>
    tellAbout(`${delivery.name} is lost for good`, () => {
      inbox.splice(inbox.indexOf(delivery), 1);
      rules.hasLost = true;
    });
  const end = (each: Invocation) => tellAbout(`${each.name} dies before ${each.port}`, () => kill(each));
  const fail = (each: Invocation) =>
    step(each, 'is throttled', () => {
      rules.lives.onTrouble(each);
      return scheduler.fail(each);
    });
  /** API Gateway may say of a frame that was delivered that the connection is gone. */
  const lie = (each: Invocation) =>
    step(each, 'takes effect, and is said to have failed', () => {
      rules.lives.onTrouble(each);
      return scheduler.lie(each, each.port.startsWith('sockets.post') ? new SocketGone('c?') : new Error('cut off'));
    });
  const cancel = (id: string) =>
    tellAbout(`${id} is cancelled`, async () => {
      const changed = await commands.change(chargePointId, id, (command) => {
        const change = cancelled(command, clock.now());
        if (change) rules.onCancel(change);
        return change;
      });
      if (changed?.isChanged) await announceSettled(changed.command, memory);
    });
  /** Somebody else wants something else, under the same id. */
  const askOtherwise = (id: string) =>
    tellAbout(`ask ${id}, which is another`, () => publish(id, words.other.action, words.other.payload));
  const setClocks = (milliseconds: number) =>
    tellAbout(`the clocks of functions are off by ${milliseconds} ms`, () => {
      off = milliseconds;
    });
  /** Of the whole system, on one machine. */
  const restart = () =>
    tellAbout('everything dies, and starts again', () => {
      for (const each of [...scheduler.waiting]) kill(each);
      for (const socket of chargePoint.having('open', 'dialled', 'vanished')) chargePoint.drop(socket);
    });
  const retire = ({ id }: Socket) =>
    tellAbout(`${id} is of age`, () => {
      rules.ofAge.add(id);
      return timers.send({ kind: 'retire', chargePointId, connectionId: id, due: clock.millis + 5 * second });
    });

  const bootAs = (status: RegistrationStatus, connectionId: string) =>
    tellAbout(`the charge point boots on ${connectionId}, and is ${status}`, () => {
      chargePoints.put({ ...chargePoints.items.get(chargePointId), chargePointId, registrationStatus: status });
      const context = { ...ports, chargePointId, connectionId, protocol, receivedAt: clock.now() } as const;
      expectDelivery(`csms boot ${status}`, 30 * second, 2, () => answer(boot, context));
    });

  async function happen(choice: number): Promise<void> {
    const possible = moves().filter(({ weight, among }) => weight > 0 && among.length > 0);
    const total = possible.reduce((sum, { weight }) => sum + weight, 0);
    let rest = choice % total;
    for (const move of possible) {
      if (rest < move.weight) {
        await move.happen(Math.floor(choice / total));
        break;
      }
      rest -= move.weight;
    }
    afterStep();
    checkWhenQuiet();
  }

  function afterStep(): void {
    collectTimers();
    rules.onStep(acting);
    acting = undefined;
  }

  function checkWhenQuiet(): void {
    if (scheduler.waiting.length === 0 && inbox.length === 0 && off === 0) rules.whenQuiet();
  }

  /**
   * The charge point is there and answers, or stays away; every message is told once more at most, the sweep comes when
   * something is due, and nothing fails.
   */
  async function comeToAnEnd(isAway: boolean): Promise<void> {
    for (const socket of chargePoint.having('vanished', ...(isAway ? (['open', 'dialled'] as const) : [])))
      await tellAbout(`${socket.id} is found lost`, () => chargePoint.drop(socket));
    off = 0;
    if (chargePoints.items.get(chargePointId)?.registrationStatus === 'Rejected') bootAs('Accepted', 'the last');
    const end = clock.millis + longest;
    let endSweptAt = 0;
    while (clock.millis < end && rules.broken.length === 0) {
      const [waiting] = scheduler.waiting;
      const [delivery] = due();
      const owing = chargePoint.having('open').find(({ owed }) => owed.length > 0);
      const completing = chargePoint.having('dialled').findLast(({ at }) => clock.millis - at <= gatewayPatience);
      if (waiting) await go(waiting);
      else if (delivery) await start(delivery);
      else if (owing) sayTo(owing, 'Accepted');
      else if (!isAway && !chargePoint.newest && completing) complete(completing);
      else if (!isAway && !chargePoint.newest) await tellAbout(`dial c${dialled + 1}`, dial);
      else {
        checkWhenQuiet();
        rules.whenSwept(endSweptAt);
        const times = [untilNext(), untilSwept()].filter((each) => each !== undefined);
        if (times.length === 0) break;
        wait(Math.max(0, Math.min(...times)));
        if ((untilSwept() ?? 1) <= 0) {
          tick();
          endSweptAt = sweptAt;
        }
      }
      afterStep();
    }
    if (rules.broken.length === 0) rules.atEnd(asked, chargePoint.newest?.id);
  }

  for (const choice of choices) {
    await happen(choice);
    if (rules.broken.length > 0) return { story, broken: rules.broken };
  }
  await comeToAnEnd(first % 4 === 0);
  return { story, broken: rules.broken };
}
