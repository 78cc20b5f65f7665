/** As the stage's own URLs have it: until when and for what it is good, the signature, and the key. */
const signed = /\/files\/\d+-(?:PUT|GET)-[\w-]{43}\/(.+)$/;

/**
 * The key that a signed URL of the stage's own is for: of a file, or the folder of an upload.
 *
 * @returns undefined when the URL leads elsewhere
 */
export function keyIn(location: string): string | undefined {
  return signed.exec(parsed(location)?.pathname ?? '')?.[1];
}

/** A URL without what lets its reader in: user, password and signature. */
export function withoutSecrets(location: string): string {
  const url = parsed(location);
  if (!url) return location;
  const pathname = url.pathname.replace(signed, '/files/$1');
  Object.assign(url, { username: '', password: '', search: '', pathname });
  return url.href;
}

/** A text in which URLs of the stage's own may stand, without their signatures. */
export function withoutSignature(text: string, instead: string): string {
  return text.replace(/(\/files\/\d+-(?:PUT|GET)-)[\w-]{43}(?=\/)/g, (_, before: string) => before + instead);
}

function parsed(location: string): URL | undefined {
  return URL.canParse(location) ? new URL(location) : undefined;
}
