import { asOf } from '../inventory/asked.js';
import { itemKey } from '../inventory/key.js';
import type { EffectContext } from '../ocpp/effect.js';
import { type CertificateHash, hashOfCertificate, type KnownHash, plainSerial } from './certificate-hash.js';

/** An installed certificate, as the charge point tells it, or as it was asked to install it. */
export interface InstalledCertificate {
  certificateType: string;
  certificateHashData: KnownHash;
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

/**
 * M05: a charge point has one more certificate, until it tells all that it has. One that can't be read has no name to keep it
 * by, and is not kept: it is known when the charge point tells of it.
 */
export async function recordInstallation(
  { certificateType, certificate }: { certificateType: string; certificate: string },
  at: Date,
  context: EffectContext,
): Promise<void> {
  const certificateHashData = hashOfCertificate(certificate);
  if (!certificateHashData) return;
  const installed = { certificateType, certificateHashData };
  await asOf(at, context).put('certificate', keyOf(installed), installed);
}

/** M04: it is not installed any more, under whichever type. */
export async function recordDeleted(hash: CertificateHash, at: Date, context: EffectContext): Promise<void> {
  const known = await context.inventory.list(context.chargePointId, 'certificate');
  for (const { key, detail } of known) {
    const { certificateType, certificateHashData: own } = detail as InstalledCertificate;
    const isNamed = keyOf({ certificateType, certificateHashData: hash }) === key;
    const isOfIssuer = !own.issuerKeyHash || own.issuerKeyHash.toLowerCase() === hash.issuerKeyHash.toLowerCase();
    if (isNamed && isOfIssuer) await asOf(at, context).remove('certificate', key);
  }
}

/** The same however its hexadecimal numbers are spelled. */
function keyOf({ certificateType, certificateHashData }: InstalledCertificate): string {
  const { serialNumber, issuerNameHash } = certificateHashData;
  return itemKey(certificateType, plainSerial(serialNumber), issuerNameHash.toLowerCase());
}
