import type { ChargePointRecord, ChargePointRecords } from '../charge-points/records.js';
import type { Protocol } from '../ocpp/protocol.js';
import type { Page, PageRequest } from '../page.js';
import type { Selection } from './ports.js';

/** A charge point of a selection; one that was named, and that nobody registered, is in it too. */
export interface Selected {
  chargePointId: string;
  registered: boolean;
  /** Of its last boot. */
  protocol?: Protocol | undefined;
}

/** A page of what is selected: by name, by that of sites or of labels or of all, and then by what else it is to be. */
export async function select(
  selection: Selection,
  page: PageRequest,
  { records, stage: { namespace } }: { records: ChargePointRecords; stage: { namespace: string } },
): Promise<Page<Selected>> {
  const { chargePointIds, site, labels: [label] = [] } = selection;
  if (!chargePointIds) {
    const where = site === undefined && label !== undefined ? { label } : { site };
    const { items, cursor } = await records.list({ namespace, ...where }, page);
    return { items: items.filter((one) => isSelected(one, selection)), ...(cursor !== undefined && { cursor }) };
  }
  const begin = Number(page.cursor ?? 0);
  const named = [...new Set(chargePointIds)];
  const items: Selected[] = [];
  for (const chargePointId of named.slice(begin, begin + page.limit)) {
    const found = await records.read(chargePointId);
    const isOurs = found?.registered && found.namespace === namespace;
    if (!isOurs) items.push({ chargePointId, registered: false });
    else if (isSelected(found, selection)) items.push({ chargePointId, registered: true, protocol: found.protocol });
  }
  const end = begin + page.limit;
  return { items, ...(end < named.length && { cursor: String(end) }) };
}

function isSelected({ site, labels = [], protocol, hardware }: ChargePointRecord, selection: Selection): boolean {
  const is = { site, protocol, ...hardware } as Record<string, unknown>;
  const equal = (['site', 'protocol', 'vendor', 'model', 'firmwareVersion'] as const).every(
    (name) => selection[name] === undefined || selection[name] === is[name],
  );
  return equal && (selection.labels ?? []).every((label) => labels.includes(label));
}
