/** What a charge point has or was asked for, each with what its key is. */
export const kinds = [
  /** Whether a part of it is to be in service, as was asked and as it confirmed: `{evseId}#{connectorId}`, in 1.6 as in ADR 6. */
  'availability',
  /** An installed certificate: `{certificateType}#{serialNumber}#{issuerNameHash}`, the numbers in lower case, without zeros before. */
  'certificate',
  /** A limit that others than the CSMS set: `{chargingLimitSource}#{evseId}`, EVSE 0 for the charge point as a whole. */
  'charging-limit',
  /** What the vehicle at an EVSE wants: `{evseId}`. */
  'charging-needs',
  /** A charging profile: its id. */
  'charging-profile',
  /** What the vehicle at an EVSE means to draw: `{evseId}`. */
  'charging-schedule',
  /** What an EVSE, or with 0 the charge point, is to draw after all that limits it: `{evseId}`. */
  'composite-schedule',
  /** Whether a DER control is in effect: its id. */
  'der-activity',
  /** The settings of a DER control: its id. */
  'der-control',
  /** A message on its display: its id. */
  'display-message',
  /** A stream of a monitor's values: its id. */
  'event-stream',
  /** What it is at, or was last, of `firmware`, `log` and `diagnostics`: which of them. */
  'job',
  /** The local authorization list, of which it has one: nothing. */
  'local-list',
  /** A monitor of a variable: its id. */
  'monitor',
  /** A way to a CSMS: its configuration slot. */
  'network-profile',
  /** Of the stage, no charge point's: a charging profile of the library, its name. */
  'named-profile',
  /** A number that a command was given: `{series}#{number}`. */
  'number',
  /** A transaction with priority: its id. */
  'priority-charging',
  /** A firmware that it has for others: its checksum. */
  'published-firmware',
  /** A start that it was asked for, and accepted: the command's id. */
  'remote-start',
  /** A tariff: its id. */
  'tariff',
] as const;

export type ItemKind = (typeof kinds)[number];

/** Something that a charge point has, as last known. */
export interface InventoryItem {
  chargePointId: string;
  kind: ItemKind;
  /** Tells it from others of its kind, made with `itemKey`; at most 900 bytes. */
  key: string;
  /** Since when it is so, as far as is known. */
  at: Date;
  /** JSON. */
  detail: object;
  /** From then on it is of no use, and is forgotten. */
  until?: Date;
}

/** What the charge points have. Whatever is told of an item, the newest holds; of two of the same time, the one told later. */
export interface Inventory {
  /** @returns whether nothing newer is known of it */
  put(item: InventoryItem): Promise<boolean>;
  /**
   * Puts it there unless there is one, whatever the time of either.
   *
   * @returns what is there now
   */
  add(item: InventoryItem): Promise<InventoryItem>;
  /**
   * It has that no more; what is told late of the time before `at` doesn't bring it back.
   *
   * @param days so long at least; a month where nothing is said
   * @returns whether nothing newer is known of it
   */
  remove(chargePointId: string, kind: ItemKind, key: string, at: Date, days?: number): Promise<boolean>;
  /** Strongly consistent. */
  find(chargePointId: string, kind: ItemKind, key: string): Promise<InventoryItem | undefined>;
  /** All of a kind, in the order of their keys; strongly consistent. */
  list(chargePointId: string, kind: ItemKind): Promise<InventoryItem[]>;
}
