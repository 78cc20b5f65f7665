import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { commands as v201 } from '../v201/commands.js';

/** What a 2.1 charging station may be asked: an effect of 2.0.1 serves wherever 2.1 means the same. */
export const commands = {
  ...v201,
  AFRRSignal: noEffect,
  AdjustPeriodicEventStream: noEffect,
  ChangeTransactionTariff: noEffect,
  ClearDERControl: noEffect,
  ClearTariffs: noEffect,
  GetDERControl: noEffect,
  GetPeriodicEventStream: noEffect,
  GetTariffs: noEffect,
  NotifyAllowedEnergyTransfer: noEffect,
  NotifyWebPaymentStarted: noEffect,
  RequestBatterySwap: noEffect,
  SetDERControl: noEffect,
  SetDefaultTariff: noEffect,
  UpdateDynamicSchedule: noEffect,
  UsePriorityCharging: noEffect,
} as const satisfies { [A in Action<'ocpp2.1'>]?: Effect<'ocpp2.1', A> | typeof noEffect };
