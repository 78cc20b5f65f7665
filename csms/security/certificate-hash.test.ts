import { describe, expect, it } from 'vitest';
import { rootCertificate, rsaCertificate, subCertificate } from '../../test/memory/certificates.js';
import { hashOfCertificate } from './certificate-hash.js';

describe('M05, RFC 6960: what a charge point will call a certificate', () => {
  it.each([
    ['of an elliptic curve', rootCertificate],
    ['with an RSA key', rsaCertificate],
  ])('a root %s: as OpenSSL calls it', (_, { pem, hash }) => {
    expect(hashOfCertificate(pem)).toEqual(hash);
  });

  it('one that another signed: all but the key of that other, which is not in it', () => {
    const { issuerKeyHash: _, ...known } = subCertificate.hash;
    expect(hashOfCertificate(subCertificate.pem)).toEqual(known);
  });

  it('of several the first', () => {
    expect(hashOfCertificate(`${rootCertificate.pem}\n${subCertificate.pem}`)).toEqual(rootCertificate.hash);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'certificate'],
    ['one that was cut off', rootCertificate.pem.slice(0, 200)],
    ['a frame around nothing', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    ['a frame around something else', '-----BEGIN CERTIFICATE-----\nMAMCAQE=\n-----END CERTIFICATE-----'],
  ])('%s: nothing', (_, pem) => {
    expect(hashOfCertificate(pem)).toBeUndefined();
  });
});
