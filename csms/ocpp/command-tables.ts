import { commands as commands16 } from '../v16/commands.js';
import { commands as commands21 } from '../v21/commands.js';
import { commands as commands201 } from '../v201/commands.js';
import type { AnyEffect, noEffect } from './effect.js';
import type { Protocol } from './protocol.js';

/** What a charge point of each version may be asked. */
export const commandTables: Record<Protocol, Readonly<Record<string, AnyEffect | typeof noEffect>>> = {
  'ocpp1.6': commands16,
  'ocpp2.0.1': commands201,
  'ocpp2.1': commands21,
};
