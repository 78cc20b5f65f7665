/** A part of a charge point: the charge point itself, an EVSE, a connector, or what belongs to one of them. */
export interface ComponentKey {
  name: string;
  instance?: string;
  evseId?: number;
  connectorId?: number;
}

export interface VariableKey {
  name: string;
  instance?: string;
}

/** When something was said: by the charge point's clock, and when that reached the system. ISO 8601 UTC. */
export interface Told {
  at: string;
  receivedAt: string;
  /** It was set, and is to hold after a reboot. */
  untilBoot?: true;
}

/** Of an attribute, as OCPP spells them. Where one is missing, OCPP's default holds: ReadWrite, not persistent, not constant. */
export interface Traits {
  mutability?: string;
  persistent?: boolean;
  constant?: boolean;
}

/** Of a variable, as OCPP spells them. */
export interface Characteristics {
  dataType: string;
  supportsMonitoring: boolean;
  unit?: string;
  minLimit?: number;
  maxLimit?: number;
  maxElements?: number;
  valuesList?: string;
}

export interface Attribute {
  /** Actual, Target, MinSet or MaxSet. */
  type: string;
  /** Missing as long as none was told: nobody may read one that is WriteOnly. */
  value?: Told & { is: string };
  traits?: Told & Traits;
}

export interface Variable extends VariableKey {
  /** In the order of their types. */
  attributes: Attribute[];
  characteristics?: Told & Characteristics;
}

export interface Component extends ComponentKey {
  /** In the order of their names. */
  variables: Variable[];
}

/** What the charge points' components are, as far as those said it. */
export interface Components {
  /** Strongly consistent. */
  find(chargePointId: string, key: ComponentKey): Promise<Component | undefined>;
  /** @param transition pure, told of the component as it is; what it returns is put in its place, unless that is undefined */
  change(
    chargePointId: string,
    key: ComponentKey,
    transition: (component: Component | undefined) => Component | undefined,
  ): Promise<void>;
}
