import type {
  Boot,
  ChargePoint,
  ChargePoints,
  KeptPassword,
  Registered,
  RegistrationStatus,
  ThingState,
} from '../../csms/charge-points/ports.js';
import type { Turn } from './turn.js';

const seenResolution = 15 * 60_000;

interface Stored extends ChargePoint {
  boot?: Omit<Boot, 'chargePointId'>;
  /** What that was answered. */
  bootStatus?: RegistrationStatus;
  seenAt?: Date;
  /** When the registry last told of the thing, in milliseconds since 1970. */
  registryAt?: number;
}

export class MemoryChargePoints implements ChargePoints {
  readonly items = new Map<string, Stored>();
  readonly #turn: Turn;

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  /** Puts a charge point there as other parts of the system would. */
  put(chargePoint: Partial<Stored> & { chargePointId: string }): void {
    this.#write({ registered: true, namespace: '', ...chargePoint });
  }

  async find(chargePointId: string): Promise<ChargePoint | undefined> {
    await this.#turn();
    const item = this.items.get(chargePointId);
    if (!item?.boot) return item;
    const { hardware, protocol, at } = item.boot;
    return { ...item, hardware, protocol, bootedAt: at.toISOString() };
  }

  async mirror({ chargePointId, registered, namespace, at }: ThingState): Promise<boolean> {
    await this.#turn();
    const item = this.#item(chargePointId);
    if (item.registryAt !== undefined && item.registryAt > at) return false;
    this.#write({ ...item, registered, namespace, registryAt: at });
    return true;
  }

  async booted({ chargePointId, ...boot }: Boot, ofStage: RegistrationStatus): Promise<Registered> {
    await this.#turn();
    const item = this.#item(chargePointId);
    const { registrationStatus: status = ofStage } = item;
    if (item.boot && item.boot.at > boot.at) return { status, isNew: false };
    this.#write({ ...item, boot, bootStatus: status, seenAt: boot.at });
    const isTold = item.boot?.at.getTime() === boot.at.getTime();
    return { status, isNew: isTold || (item.bootStatus ?? status) !== status };
  }

  async registration(chargePointId: string, ofStage: RegistrationStatus): Promise<RegistrationStatus> {
    await this.#turn();
    const { registrationStatus = ofStage, bootStatus = registrationStatus } = this.#item(chargePointId);
    return bootStatus;
  }

  async tookPassword(chargePointId: string, nextPassword: KeptPassword, passwordAt: string): Promise<void> {
    await this.#turn();
    const item = this.#item(chargePointId);
    if (item.passwordAt === undefined || item.passwordAt < passwordAt) {
      this.#write({ ...item, nextPassword, passwordAt });
    }
  }

  async usedPassword({ chargePointId, passwordAt }: Pick<ChargePoint, 'chargePointId' | 'passwordAt'>): Promise<void> {
    await this.#turn();
    const { nextPassword, ...item } = this.#item(chargePointId);
    if (nextPassword && item.passwordAt === passwordAt) this.#write({ ...item, password: nextPassword });
  }

  async seen(chargePointId: string, at: Date): Promise<void> {
    await this.#turn();
    const item = this.#item(chargePointId);
    if (item.seenAt && at.getTime() - item.seenAt.getTime() < seenResolution) return;
    this.#write({ ...item, seenAt: at });
  }

  #item(chargePointId: string): Stored {
    return this.items.get(chargePointId) ?? { chargePointId, registered: false, namespace: '' };
  }

  #write(item: Stored): void {
    this.items.set(item.chargePointId, item);
  }
}
