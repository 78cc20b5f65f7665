/** The key of what needs several names to be told from others of its kind. */
export function itemKey(...names: (string | number)[]): string {
  return names.map((name) => String(name).replaceAll('%', '%25').replaceAll('#', '%23')).join('#');
}
