import { type Criteria, type KeptProfile, meets } from '../charging-profiles/profile.js';
import { dropItems } from '../inventory/drop.js';
import type { ItemKind } from '../inventory/ports.js';
import type { HandlerContext } from '../ocpp/handler.js';
import type { Job, ReportKind } from './ports.js';

type Ports = Pick<HandlerContext, 'chargePointId' | 'inventory'>;

/** Items that a report tells all of. */
interface Listed {
  kind: ItemKind;
  /** Is one among those that were asked for? Where this is missing, only a report of all of them tells all of something. */
  isAsked?(detail: object, request: object): boolean;
}

const listed: Partial<Record<ReportKind, Listed>> = {
  'charging-profiles': {
    kind: 'charging-profile',
    isAsked: (detail, request) => meets(detail as KeptProfile, request as Criteria),
  },
  'der-controls': { kind: 'der-control' },
  'display-messages': { kind: 'display-message' },
  'monitoring-report': { kind: 'monitor' },
};

/**
 * K09, N02, O03, R04: a report that is complete names all that was asked for: what was known before, and is not in it, is no
 * more. That it is in no report that nobody asked for, or in none of all parts, says nothing.
 */
export async function dropUnreported(kind: ReportKind, { asked, statuses }: Job, ports: Ports): Promise<void> {
  const [begun, end] = statuses;
  if (!asked?.request || !begun || begun.at < asked.at || end?.status !== 'Complete') return;
  // What the report names has been so since later: since it was received. What was set since it was asked for may be missing.
  await dropAsked(kind, asked.request, new Date(Date.parse(asked.at) - 1), ports);
}

/** A charge point has nothing of what it was asked for, as of `at`. */
export async function dropAsked(kind: ReportKind, request: object, at: Date, ports: Ports): Promise<void> {
  const { kind: items, isAsked = () => true } = listed[kind] ?? {};
  if (items) await dropItems(items, (detail) => isAsked(detail, request), at, ports);
}
