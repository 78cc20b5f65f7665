/** Certificates that were made for tests, with what `openssl ocsp -sha256 -text` says of them, in lower case. */

const root = {
  issuerNameHash: 'ed65d40a0899651dc002ab46b705696f360cf179f5796e236756c6ef895671fe',
  issuerKeyHash: '6625ceb652d4134c607fa702138cd0c7b810cf08482d49bc02a4e2e50ca38eec',
};

/** Of an elliptic curve, signed by itself. DER has a zero before its serial number. */
export const rootCertificate = {
  hash: { hashAlgorithm: 'SHA256', ...root, serialNumber: 'a1b2c3' },
  pem: `-----BEGIN CERTIFICATE-----
MIIBnDCCAUOgAwIBAgIEAKGywzAKBggqhkjOPQQDAjArMQswCQYDVQQGEwJOTDEN
MAsGA1UECgwEQWNtZTENMAsGA1UEAwwEUm9vdDAgFw0yNjEyMDEwODM0MTVaGA8y
MTI2MTEwNzA4MzQxNVowKzELMAkGA1UEBhMCTkwxDTALBgNVBAoMBEFjbWUxDTAL
BgNVBAMMBFJvb3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQqv59CNdcPED5n
QBfQnjtCv+yxebS4A/V0jLIODmbBfDF70ik73h8ySXyHfYeaAbjTpA3XkVQkVxOl
O2J74+8Eo1MwUTAdBgNVHQ4EFgQUt5prFg2AKzMwsSVrlS8CiwnYp9AwHwYDVR0j
BBgwFoAUt5prFg2AKzMwsSVrlS8CiwnYp9AwDwYDVR0TAQH/BAUwAwEB/zAKBggq
hkjOPQQDAgNHADBEAiBoCjmCON3IwBdUm2xAIAIQvGcZONfthH2SPLewKSa3egIg
dRIT2ywsz9XIy6kjf4o/VDi0SRRlMFrAfxjnbs/H0V0=
-----END CERTIFICATE-----`,
};

/** Signed by the root, and of version 1, which has no extensions that could name a key. */
export const subCertificate = {
  hash: { hashAlgorithm: 'SHA256', ...root, serialNumber: '7' },
  pem: `-----BEGIN CERTIFICATE-----
MIIBMjCB2AIBBzAKBggqhkjOPQQDAjArMQswCQYDVQQGEwJOTDENMAsGA1UECgwE
QWNtZTENMAsGA1UEAwwEUm9vdDAgFw0yNjEyMDEwODM0MTVaGA8yMTI2MTEwNzA4
MzQxNVowHTENMAsGA1UECgwEQWNtZTEMMAoGA1UEAwwDU3ViMFkwEwYHKoZIzj0C
AQYIKoZIzj0DAQcDQgAEjuQQYxjh9KSy7XCYPYcDCDrVyaddfdJQRiFWiPvhu+zn
zCvgB47MuRXhG2rvK7s/2Z5sbzDcQeWMcT07hLPQ+TAKBggqhkjOPQQDAgNJADBG
AiEAoNRllvPgSiUcimVoDsfBmU1RK5kYC5W5+t6uMu4RhzwCIQDIsaTj+ikEqu6E
AVca1/1dAaLGKwvOetXsZ0Fsk6clDg==
-----END CERTIFICATE-----`,
};

/** A root with an RSA key, which is long enough for lengths of several bytes. */
export const rsaCertificate = {
  hash: {
    hashAlgorithm: 'SHA256',
    issuerNameHash: 'f088b582e1646a671f0a1e1e279b03e5668fe98a410fb4c2955ec697d2c22d75',
    issuerKeyHash: '1553d9201cce8ebd1030b1cf5f4cb0fdfaea6ceb252a8a9e0364bb789393cf33',
    serialNumber: '172eeb9cccad3d3e1f34824b7d2b38129aed7d5f',
  },
  pem: `-----BEGIN CERTIFICATE-----
MIIC/zCCAeegAwIBAgIUFy7rnMytPT4fNIJLfSs4EprtfV8wDQYJKoZIhvcNAQEL
BQAwDjEMMAoGA1UEAwwDUlNBMCAXDTI2MTIwMTA4MzQxNloYDzIxMjYxMTA3MDgz
NDE2WjAOMQwwCgYDVQQDDANSU0EwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEK
AoIBAQC1twVk2IgDBWKGuYr/VOWsRsx0hWEeYmC/a6a0DeOeZWDgx/M4OsefG+IF
7F8W57DAsDfdkUFkM+ul4uH4EYlTnb538GPcm9WKMPj8BTkwSd9wsX80mF8gmmWa
wz032Y7jSCLABEvTOzNpVfilRddFKCnBH19w7pWPQKW70DZ6DyYmkRzDZ+rHpIB6
QU/sYMq1oihzVzs5+hXnt08tMrKzNPZULpJB+YO3boYyanIG/QagvO54OkCDsLk5
HvteaLK/OGWP+qMkfZuoouR4zSxYpsjTE1EaSXPOZi49PqHTGpB2StMxBtAu7uxx
4cxZlEgqQ5jWr5VPZ0yowdth+um7AgMBAAGjUzBRMB0GA1UdDgQWBBQ6iwT46s2z
5nY+yza9U88MFKUnXDAfBgNVHSMEGDAWgBQ6iwT46s2z5nY+yza9U88MFKUnXDAP
BgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQBV+dg+AxiTD6lmF7h1
eJptyHCTVJuvyUf1ftb515k/CDIg7MpvobEvvbll3DSqcbvLJTZtCemNVSzvNQLR
LA2Em8WAjY2nnxDpjnh0StGjIE9xTxAYntuD283F7lE5xhmEDIEPXxOmVXruG+U6
RxrxiAWNho4I1Et+0ANxv5NQFl5dFg/YC4fw1Id+r1Tb+XHd7qvCA2KORq2WBzZn
KqNSROaEINXTgcZxFtAJ0uAfWpXW5Jg7yH4ZlGJRe3z+UvPDj5DGaX0MWzvUhan7
4hckPLQ3bD4mNLAWe2puY5BCuwGB/rraZyVBCEa9dA4Pz3zCt8eVIOyMu1cxROam
ErrA
-----END CERTIFICATE-----`,
};
