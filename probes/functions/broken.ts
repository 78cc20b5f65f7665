/** Can't be loaded: its environments fail before they have seen an event. */
throw new Error('broken on purpose');

export async function handler(): Promise<void> {}
