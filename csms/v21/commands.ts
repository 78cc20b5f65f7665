import { type Effect, noEffect } from '../ocpp/effect.js';
import type { Action } from '../ocpp/handler.js';
import { commands as v201 } from '../v201/commands.js';
import { adjustPeriodicEventStream } from './commands/adjust-periodic-event-stream.js';
import { clearDERControl } from './commands/clear-der-control.js';
import { clearTariffs } from './commands/clear-tariffs.js';
import { getDERControl } from './commands/get-der-control.js';
import { getPeriodicEventStream } from './commands/get-periodic-event-stream.js';
import { getTariffs } from './commands/get-tariffs.js';
import { setDefaultTariff } from './commands/set-default-tariff.js';
import { setDERControl } from './commands/set-der-control.js';
import { updateDynamicSchedule } from './commands/update-dynamic-schedule.js';
import { usePriorityCharging } from './commands/use-priority-charging.js';

/** What a 2.1 charging station may be asked: an effect of 2.0.1 serves wherever 2.1 means the same. */
export const commands = {
  ...v201,
  AFRRSignal: noEffect,
  AdjustPeriodicEventStream: adjustPeriodicEventStream,
  ChangeTransactionTariff: noEffect,
  ClearDERControl: clearDERControl,
  ClearTariffs: clearTariffs,
  GetDERControl: getDERControl,
  GetPeriodicEventStream: getPeriodicEventStream,
  GetTariffs: getTariffs,
  NotifyAllowedEnergyTransfer: noEffect,
  NotifyWebPaymentStarted: noEffect,
  RequestBatterySwap: noEffect,
  SetDERControl: setDERControl,
  SetDefaultTariff: setDefaultTariff,
  UpdateDynamicSchedule: updateDynamicSchedule,
  UsePriorityCharging: usePriorityCharging,
} as const satisfies { [A in Action<'ocpp2.1'>]?: Effect<'ocpp2.1', A> | typeof noEffect };
