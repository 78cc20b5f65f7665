import { createHash, X509Certificate } from 'node:crypto';

/** What tells a certificate from others, in all versions. */
export interface CertificateHash {
  hashAlgorithm: string;
  issuerNameHash: string;
  issuerKeyHash: string;
  serialNumber: string;
}

/** Without the hash of the issuer's key where that is not known: name and number tell it from others all the same. */
export type KnownHash = Omit<CertificateHash, 'issuerKeyHash'> & Partial<CertificateHash>;

/** ASN.1: [0], which the number of its version has in a certificate. Those of version 1 have none. */
const versionTag = 0xa0;

/**
 * 2.1 CertificateHashDataType, RFC 6960 CertID: what a charge point will call a certificate, in lower case. A certificate
 * holds the name of its issuer, but not the issuer's key: that is known where it is the certificate's own, as of each
 * root. Of another it would have to be guessed, so that it is missing until GetInstalledCertificateIds tells it.
 *
 * @param pem of several certificates the first counts
 * @returns undefined of what is no certificate
 */
export function hashOfCertificate(pem: string): KnownHash | undefined {
  try {
    const certificate = new X509Certificate(pem);
    const { raw, serialNumber, publicKey } = certificate;
    const [body = raw] = elementsIn(raw);
    const [, , issuer = raw, , , key = raw] = elementsIn(body).filter(([tag]) => tag !== versionTag);
    return {
      ...{ hashAlgorithm: 'SHA256', issuerNameHash: sha256(issuer) },
      ...(certificate.verify(publicKey) && { issuerKeyHash: sha256(bitsOf(key)) }),
      serialNumber: plainSerial(serialNumber),
    };
  } catch {
    // A charge point may take what OpenSSL does not: what it calls that is not known then.
    return undefined;
  }
}

/** A serial number as 2.1 alone has it spelled: in lower case, without zeros before it. */
export function plainSerial(hexadecimal: string): string {
  return hexadecimal.toLowerCase().replace(/^0+(?=.)/, '');
}

/** The key in a SubjectPublicKeyInfo, without its tag, its length and the number of bits that are not used. */
function bitsOf(keyInfo: Buffer): Buffer {
  const [, key = keyInfo] = elementsIn(keyInfo);
  return key.subarray(measure(key).header + 1);
}

/** What an element of DER consists of, each with tag and length. */
function elementsIn(der: Buffer): Buffer[] {
  const elements: Buffer[] = [];
  const { header, end } = measure(der);
  for (let at = header; at < end; ) {
    const element = der.subarray(at);
    elements.push(element.subarray(0, measure(element).end));
    at += measure(element).end;
  }
  return elements;
}

/** In bytes: its tag and length, and all of it. A length from 128 on is in so many bytes as the first one says. */
function measure(der: Buffer): { header: number; end: number } {
  const first = der.readUInt8(1);
  if (first < 0x80) return { header: 2, end: 2 + first };
  const header = 2 + (first & 0x7f);
  return { header, end: header + der.readUIntBE(2, header - 2) };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
