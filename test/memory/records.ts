import { ChangedMeanwhile } from '../../csms/changed-meanwhile.js';
import type { ChargePoint, KeptPassword } from '../../csms/charge-points/ports.js';
import type {
  ChargePointFilter,
  ChargePointRecord,
  ChargePointRecords,
  ChargePointSettings,
  Things,
} from '../../csms/charge-points/records.js';
import type { Clock } from '../../csms/clock.js';
import type { Command } from '../../csms/commands/ports.js';
import type { CommandRecords } from '../../csms/commands/records.js';
import type { Asked } from '../../csms/configuration/ports.js';
import type { ConfigurationRecords } from '../../csms/configuration/records.js';
import type { ConnectionRecord } from '../../csms/connections/ports.js';
import type { ConnectionRecords } from '../../csms/connections/records.js';
import type { ConnectorRecords } from '../../csms/connectors/records.js';
import { variablePath } from '../../csms/device-model/path.js';
import type { ComponentRecords } from '../../csms/device-model/records.js';
import type { Calls } from '../../csms/frame-topics.js';
import type { EntryKind } from '../../csms/history/ports.js';
import type { HistoryRecords } from '../../csms/history/records.js';
import type { IdToken } from '../../csms/id-tokens/ports.js';
import type { IdTokenRecord, IdTokenRecords } from '../../csms/id-tokens/records.js';
import type { ItemKind } from '../../csms/inventory/ports.js';
import type { InventoryRecords } from '../../csms/inventory/records.js';
import { jobName } from '../../csms/jobs/key.js';
import type { JobKey, JobKind } from '../../csms/jobs/ports.js';
import type { JobRecord, JobRecords } from '../../csms/jobs/records.js';
import type { MeterValueRecords } from '../../csms/meter-values/records.js';
import type { PageRequest, TimeRange } from '../../csms/page.js';
import { isOpen, type Transaction } from '../../csms/transactions/ports.js';
import type { TransactionKey, TransactionRecords } from '../../csms/transactions/records.js';
import type { MemoryChargePoints } from './charge-points.js';
import type { MemoryCommands } from './commands.js';
import type { MemoryComponents } from './components.js';
import type { MemoryConnections } from './connections.js';
import type { MemoryConnectors } from './connectors.js';
import type { MemoryDesiredConfigurations } from './desired-configurations.js';
import type { MemoryHistory } from './history.js';
import type { MemoryIdTokens } from './id-tokens.js';
import type { MemoryInventory } from './inventory.js';
import type { MemoryJobs } from './jobs.js';
import type { MemoryMeterValues } from './meter-values.js';
import { by, isIn, pageOf } from './page.js';
import type { MemoryRegistry, MemoryShadows } from './things.js';
import type { MemoryTransactions } from './transactions.js';

/** The operator's side of charge points in memory. */
export class MemoryChargePointRecords implements ChargePointRecords {
  readonly #settings = new Map<string, { settings: ChargePointSettings; revision: number }>();
  readonly #stored: MemoryChargePoints;

  constructor(stored: MemoryChargePoints) {
    this.#stored = stored;
  }

  async read(chargePointId: string): Promise<ChargePointRecord | undefined> {
    const item = this.#stored.items.get(chargePointId);
    if (!item) return undefined;
    const { boot, bootStatus, seenAt, password, nextPassword, passwordAt: _, registryAt: __, ...rest } = item;
    const { settings = {}, revision = 0 } = this.#settings.get(chargePointId) ?? {};
    const said = Object.entries({ ...rest, ...settings }).filter(([, value]) => value != null);
    return {
      ...(Object.fromEntries(said) as unknown as ChargePointRecord),
      ...(boot && { protocol: boot.protocol, hardware: boot.hardware, bootedAt: boot.at.toISOString() }),
      ...(boot?.reason && { bootReason: boot.reason }),
      ...(bootStatus && { bootStatus }),
      ...(seenAt && { seenAt: seenAt.toISOString() }),
      hasPassword: (password ?? nextPassword) !== undefined,
      revision,
    };
  }

  async list({ namespace, ...where }: ChargePointFilter, page: PageRequest) {
    const all = await Promise.all([...this.#stored.items.keys()].map((id) => this.read(id)));
    const found = all.flatMap((one) => one ?? []).filter((one) => one.registered && one.namespace === namespace);
    const there = found.filter((one) =>
      'label' in where ? one.labels?.includes(where.label) : where.site === undefined || one.site === where.site,
    );
    return pageOf(there.sort(by(({ chargePointId }) => chargePointId)), page);
  }

  async change(chargePointId: string, settings: ChargePointSettings, expected?: number): Promise<ChargePointRecord> {
    const known = this.#settings.get(chargePointId) ?? { settings: {}, revision: 0 };
    if (expected !== undefined && expected !== known.revision) throw new ChangedMeanwhile();
    const said = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
    const {
      registrationStatus: _,
      validation: __,
      site: ___,
      ...item
    } = {
      ...{ chargePointId, registered: false, namespace: '' },
      ...(this.#stored.items.get(chargePointId) as ChargePoint | undefined),
    };
    const { registrationStatus, validation, site } = { ...known.settings, ...said } as ChargePointSettings;
    this.#stored.put({
      ...item,
      ...(registrationStatus && { registrationStatus }),
      ...(validation && { validation }),
      ...(site && { site }),
    });
    this.#settings.set(chargePointId, { settings: { ...known.settings, ...said }, revision: known.revision + 1 });
    return (await this.read(chargePointId)) as ChargePointRecord;
  }

  async setPassword(chargePointId: string, password: KeptPassword | undefined, at: Date, expected?: number) {
    await this.change(chargePointId, {}, expected);
    const { password: _, nextPassword: __, ...item } = this.#stored.items.get(chargePointId) ?? { chargePointId };
    this.#stored.put({ ...item, ...(password && { password }), passwordAt: at.toISOString() });
    return (await this.read(chargePointId)) as ChargePointRecord;
  }
}

export class MemoryThings implements Things {
  readonly #registry: MemoryRegistry;

  constructor(registry: MemoryRegistry) {
    this.#registry = registry;
  }

  async create(chargePointId: string, namespace: string): Promise<{ isNew: boolean; namespace: string }> {
    const known = this.#registry.things.get(chargePointId);
    if (known) return { isNew: false, ...known };
    this.#registry.things.set(chargePointId, { namespace });
    return { isNew: true, namespace };
  }

  async delete(chargePointId: string): Promise<void> {
    this.#registry.things.delete(chargePointId);
  }
}

export class MemoryIdTokenRecords implements IdTokenRecords {
  readonly #revisions = new Map<string, number>();
  readonly #stored: MemoryIdTokens;

  constructor(stored: MemoryIdTokens) {
    this.#stored = stored;
  }

  async read(idToken: string): Promise<IdTokenRecord | undefined> {
    const token = this.#stored.items.get(idToken);
    const heldBy = this.#stored.holders.get(idToken);
    return token && { ...token, ...(heldBy && { heldBy }), revision: this.#revisions.get(idToken) ?? 0 };
  }

  async list({ groupId }: { groupId?: string | undefined }, page: PageRequest) {
    const all = await Promise.all([...this.#stored.items.keys()].map((idToken) => this.read(idToken)));
    const found = all.flatMap((one) => one ?? []).filter((one) => groupId === undefined || one.groupId === groupId);
    return pageOf(found.sort(by(({ idToken }) => idToken)), page);
  }

  async put(token: IdToken, expected?: number): Promise<IdTokenRecord> {
    const known = await this.read(token.idToken);
    const isExpected = (known?.revision ?? 0) === expected;
    if (expected !== undefined && !isExpected) throw new ChangedMeanwhile();
    this.#stored.items.set(token.idToken, token);
    this.#revisions.set(token.idToken, (known?.revision ?? 0) + 1);
    return (await this.read(token.idToken)) as IdTokenRecord;
  }

  async remove(idToken: string, expected?: number): Promise<void> {
    const known = await this.read(idToken);
    if (known && expected !== undefined && known.revision !== expected) throw new ChangedMeanwhile();
    this.#stored.items.delete(idToken);
    this.#revisions.delete(idToken);
  }
}

export class MemoryCommandRecords implements CommandRecords {
  readonly #stored: MemoryCommands;

  constructor(stored: MemoryCommands) {
    this.#stored = stored;
  }

  async list(chargePointId: string, { isQueued }: { isQueued: boolean }, page: PageRequest) {
    const all = [...this.#stored.items.values()].filter((command) => command.chargePointId === chargePointId);
    const queue = all.filter(({ status }) => status === 'queued').sort(by(({ order }) => order));
    const byId = by<Command>(({ commandId }) => commandId);
    return pageOf(isQueued ? queue : all.sort(byId).reverse(), page);
  }
}

export class MemoryConnectionRecords implements ConnectionRecords {
  readonly #stored: MemoryConnections;

  constructor(stored: MemoryConnections) {
    this.#stored = stored;
  }

  async ofAll(chargePointIds: string[]) {
    const found = [...this.#stored.records].filter(([id]) => chargePointIds.includes(id));
    return new Map<string, ConnectionRecord>(found);
  }
}

export class MemoryComponentRecords implements ComponentRecords {
  readonly #stored: MemoryComponents;

  constructor(stored: MemoryComponents) {
    this.#stored = stored;
  }

  async list(chargePointId: string, { name }: { name?: string | undefined }, page: PageRequest) {
    const prefix = `${chargePointId}/${name === undefined ? '' : variablePath({ name })}`;
    const found = [...this.#stored.items].filter(([path]) => path.startsWith(prefix));
    const { items, ...rest } = pageOf(found.sort(by(([path]) => path)), page);
    return { ...rest, items: items.map(([, component]) => component) };
  }
}

export class MemoryInventoryRecords implements InventoryRecords {
  readonly #stored: MemoryInventory;

  constructor(stored: MemoryInventory) {
    this.#stored = stored;
  }

  async list(chargePointId: string, kind: ItemKind, page: PageRequest) {
    return pageOf(await this.#stored.list(chargePointId, kind), page);
  }
}

export class MemoryConfigurationRecords implements ConfigurationRecords {
  readonly #shadows: MemoryShadows;
  readonly #asked: ReadonlyMap<string, Asked>;

  constructor(shadows: MemoryShadows, { asked }: MemoryDesiredConfigurations) {
    this.#shadows = shadows;
    this.#asked = asked;
  }

  async read(chargePointId: string) {
    const { version = 0, desired } = this.#shadows.desired.get(chargePointId) ?? {};
    const { configuration: reported } = (this.#shadows.reported.get(chargePointId) ?? {}) as { configuration?: object };
    return { version, desired, reported, asked: this.#asked.get(chargePointId) };
  }

  async desire(chargePointId: string, values: Record<string, string | null>, expected?: number) {
    const { version } = await this.read(chargePointId);
    if (expected !== undefined && expected !== version) throw new ChangedMeanwhile();
    this.#shadows.change(chargePointId, values);
  }
}

export class MemoryConnectorRecords implements ConnectorRecords {
  readonly #stored: MemoryConnectors;

  constructor(stored: MemoryConnectors) {
    this.#stored = stored;
  }

  async list(chargePointId: string) {
    const found = [...this.#stored.states.values()].filter((state) => state.chargePointId === chargePointId);
    return found.sort(by(({ evseId, connectorId }) => `${evseId}#${connectorId}`));
  }
}

export class MemoryHistoryRecords implements HistoryRecords {
  readonly #stored: MemoryHistory;

  constructor(stored: MemoryHistory) {
    this.#stored = stored;
  }

  async list(chargePointId: string, kinds: readonly EntryKind[], range: TimeRange, page: PageRequest) {
    const found = [...this.#stored.entries.values()].filter(
      (entry) =>
        entry.chargePointId === chargePointId && kinds.includes(entry.kind) && isIn(entry.at.toISOString(), range),
    );
    return pageOf(found.sort(by(({ at, kind, id }) => `${at.toISOString()}#${kind}#${id}`)).reverse(), page);
  }
}

export class MemoryJobRecords implements JobRecords {
  readonly #stored: MemoryJobs;
  readonly #clock: Clock;

  constructor(stored: MemoryJobs, clock: Clock) {
    this.#stored = stored;
    this.#clock = clock;
  }

  async list(chargePointId: string, { kind }: { kind?: JobKind | undefined }, page: PageRequest) {
    const found = this.#jobsOf(chargePointId).filter((job) => kind === undefined || job.kind === kind);
    return pageOf(found.sort(by(jobName)), page);
  }

  async find(key: JobKey) {
    return this.#jobsOf(key.chargePointId).find((job) => jobName(job) === jobName(key));
  }

  #jobsOf(chargePointId: string): JobRecord[] {
    const now = this.#clock.now();
    return [...this.#stored.items].flatMap(([name, job]): JobRecord[] => {
      const [, of, kind, requestId] = /^(.*)\/([\w-]+)#(.*)$/.exec(name) ?? [];
      if (of !== chargePointId || (job.expiresAt !== undefined && new Date(job.expiresAt) <= now)) return [];
      return [{ chargePointId, kind: kind as JobKind, ...(requestId && { requestId: Number(requestId) }), ...job }];
    });
  }
}

export class MemoryMeterValueRecords implements MeterValueRecords {
  readonly #stored: MemoryMeterValues;

  constructor(stored: MemoryMeterValues) {
    this.#stored = stored;
  }

  async ofTransaction(chargePointId: string, transactionId: string, page: PageRequest) {
    const found = this.#stored.readings.filter(
      (one) => one.chargePointId === chargePointId && one.transactionId === transactionId,
    );
    const { items, ...rest } = pageOf(found.sort(by(({ meterValues }) => meterValues[0]?.at ?? '')), page);
    return { ...rest, items: items.flatMap(({ meterValues }) => meterValues) };
  }
}

export class MemoryTransactionRecords implements TransactionRecords {
  readonly #stored: MemoryTransactions;

  constructor(stored: MemoryTransactions) {
    this.#stored = stored;
  }

  #newest(range: TimeRange, isAsked: (one: Transaction) => boolean): Transaction[] {
    const found = [...this.#stored.items.values()].filter((one) => isAsked(one) && isIn(one.firstAt, range));
    return found.sort(by(({ firstAt }) => firstAt)).reverse();
  }

  async of(chargePointId: string, range: TimeRange, page: PageRequest) {
    return pageOf(
      this.#newest(range, (one) => one.chargePointId === chargePointId),
      page,
    );
  }

  async atSite(site: string, range: TimeRange, page: PageRequest) {
    return pageOf(
      this.#newest(range, (one) => one.site === site),
      page,
    );
  }

  async inMonth(month: string, range: TimeRange, page: PageRequest) {
    const found = this.#newest(range, ({ firstAt }) => firstAt.startsWith(month));
    const keys = found.map(({ chargePointId, transactionId }) => ({ chargePointId, transactionId }));
    return pageOf(keys, page);
  }

  async read(keys: TransactionKey[]) {
    const items = [...this.#stored.items.values()];
    return keys.flatMap(({ chargePointId: id, transactionId }) =>
      items.filter((one) => one.chargePointId === id && one.transactionId === transactionId),
    );
  }

  async open(page: PageRequest) {
    return pageOf(this.#newest({}, isOpen).reverse(), page);
  }
}

/** What was asked for on `{id}/out`. */
export class MemoryCalls implements Calls {
  readonly asked: { chargePointId: string; frame: string }[] = [];
  /** Told of each, as rules are. */
  onAsked: (chargePointId: string, frame: string) => Promise<void> = async () => {};

  async ask(chargePointId: string, frame: string): Promise<void> {
    this.asked.push({ chargePointId, frame });
    await this.onAsked(chargePointId, frame);
  }
}
