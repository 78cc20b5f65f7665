import { EventEmitter } from 'node:events';
import type { Hardware } from '../messages/messages.js';
import { everySetting, type SettingName, settings } from './settings.js';

/** What the settings of one charge point are; they outlive its reboots. */
export class SettingValues {
  readonly #values: Map<SettingName, string>;
  readonly #changes = new EventEmitter();

  constructor(hardware: Hardware) {
    this.#values = new Map(everySetting.map(([name, setting]) => [name, setting.initial(hardware)]));
  }

  get(name: SettingName): string {
    return this.#values.get(name) ?? '';
  }

  isTrue(name: SettingName): boolean {
    return this.get(name) === 'true';
  }

  set(name: SettingName, value: string): void {
    this.#values.set(name, value);
    this.#changes.emit(name);
  }

  /** False, and nothing is changed, when it is not to be set, or not to that. */
  accept(name: SettingName, value: string): boolean {
    const { type, ...setting } = settings[name];
    if ('isReadOnly' in setting) return false;
    if (!(type === 'boolean' ? /^(true|false)$/ : /^\d{1,9}$/).test(value)) return false;
    this.set(name, value);
    return true;
  }

  /** Aborted as soon as it is set again. */
  untilSet(name: SettingName): AbortSignal {
    const set = new AbortController();
    this.#changes.once(name, () => set.abort());
    return set.signal;
  }
}
