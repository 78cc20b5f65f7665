import type { Hardware } from '../messages/messages.js';

/** One thing that a charge point can be asked about its configuration, and how the versions name it. */
export interface Setting {
  /** 1.6: the key; absent where it has none. */
  key?: string;
  /** 2.x: component and variable; absent where they have none. */
  variable?: readonly [component: string, name: string];
  type: 'integer' | 'boolean' | 'string';
  unit?: string;
  isReadOnly?: true;
  /** What it is until somebody sets it. */
  initial(hardware: Hardware): string;
}

/** All of them. What can be set has its effect: others are refused. */
export const settings = {
  heartbeatInterval: {
    key: 'HeartbeatInterval',
    variable: ['OCPPCommCtrlr', 'HeartbeatInterval'],
    type: 'integer',
    unit: 's',
    initial: () => '60',
  },
  sampleInterval: {
    key: 'MeterValueSampleInterval',
    variable: ['SampledDataCtrlr', 'TxUpdatedInterval'],
    type: 'integer',
    unit: 's',
    initial: () => '15',
  },
  authorizesRemoteStart: {
    key: 'AuthorizeRemoteTxRequests',
    variable: ['AuthCtrlr', 'AuthorizeRemoteStart'],
    type: 'boolean',
    initial: () => 'true',
  },
  prefersOwnLists: {
    key: 'LocalPreAuthorize',
    variable: ['AuthCtrlr', 'LocalPreAuthorize'],
    type: 'boolean',
    initial: () => 'false',
  },
  hasCache: {
    key: 'AuthorizationCacheEnabled',
    variable: ['AuthCacheCtrlr', 'Enabled'],
    type: 'boolean',
    isReadOnly: true,
    initial: () => 'true',
  },
  hasLocalList: {
    key: 'LocalAuthListEnabled',
    variable: ['LocalAuthListCtrlr', 'Enabled'],
    type: 'boolean',
    isReadOnly: true,
    initial: () => 'true',
  },
  featureProfiles: {
    key: 'SupportedFeatureProfiles',
    type: 'string',
    isReadOnly: true,
    initial: () => 'Core,LocalAuthListManagement,RemoteTrigger,Reservation,SmartCharging',
  },
  connectors: {
    key: 'NumberOfConnectors',
    type: 'integer',
    isReadOnly: true,
    initial: ({ connectors }) => String(connectors),
  },
  vendor: {
    variable: ['ChargingStation', 'VendorName'],
    type: 'string',
    isReadOnly: true,
    initial: ({ vendor }) => vendor,
  },
  model: { variable: ['ChargingStation', 'Model'], type: 'string', isReadOnly: true, initial: ({ model }) => model },
  serial: {
    variable: ['ChargingStation', 'SerialNumber'],
    type: 'string',
    isReadOnly: true,
    initial: ({ serial }) => serial,
  },
  firmware: {
    variable: ['ChargingStation', 'FirmwareVersion'],
    type: 'string',
    isReadOnly: true,
    initial: ({ version }) => version,
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** In the order of the table, with their names. */
export const everySetting = Object.entries(settings) as [SettingName, Setting][];
