/** What nobody may read, and nothing here keeps: passwords and keys, by the name of their variable or key, in small letters. */
const secrets = new Set([
  ...['authorizationkey', 'basicauthpassword', 'sharedsecret'],
  ...['apnpassword', 'apnsimpin', 'simpin', 'vpnpassword', 'vpnkey'],
]);

/** Is the value of this configuration key of 1.6, or variable of 2.x, a secret? */
export function isSecret(name: string): boolean {
  return secrets.has(name.toLowerCase());
}

/** The same of the key of a variable, as variable-key.ts spells it. */
export function isSecretKey(key: string): boolean {
  return key.split(/[/#(]/).some(isSecret);
}
