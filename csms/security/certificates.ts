import { isDeepStrictEqual } from 'node:util';
import { asOf } from '../inventory/asked.js';
import { itemKey } from '../inventory/key.js';
import type { EffectContext } from '../ocpp/effect.js';

/** What tells a certificate from others, in all versions. */
export interface CertificateHash {
  hashAlgorithm: string;
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
}

/** An installed certificate, as the charge point tells it. */
export interface InstalledCertificate {
  certificateType: string;
  certificateHashData: CertificateHash;
  childCertificateHashData?: CertificateHash[];
}

/**
 * M03: keeps what is installed; what is not named any more, of the types that were asked for, is not.
 *
 * @param types undefined: all
 */
export async function recordInstalled(
  installed: InstalledCertificate[],
  types: readonly string[] | undefined,
  at: Date,
  context: EffectContext,
): Promise<void> {
  const { put, remove } = asOf(at, context);
  const known = await context.inventory.list(context.chargePointId, 'certificate');
  const keys = new Set(installed.map(keyOf));
  for (const { key, detail } of known) {
    const isAsked = !types || types.includes((detail as InstalledCertificate).certificateType);
    if (isAsked && !keys.has(key)) await remove('certificate', key);
  }
  for (const one of installed) await put('certificate', keyOf(one), one);
}

/** M04: it is not installed any more, under whichever type. */
export async function recordDeleted(hash: CertificateHash, at: Date, context: EffectContext): Promise<void> {
  const known = await context.inventory.list(context.chargePointId, 'certificate');
  for (const { key, detail } of known) {
    const { certificateHashData } = detail as InstalledCertificate;
    if (isDeepStrictEqual(certificateHashData, hash)) await asOf(at, context).remove('certificate', key);
  }
}

function keyOf({ certificateType, certificateHashData }: InstalledCertificate): string {
  return itemKey(certificateType, certificateHashData.serialNumber, certificateHashData.issuerNameHash);
}
