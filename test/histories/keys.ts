/** Encrypts the recorded histories, and nothing else: everyone may read them. */
export const HISTORY_KEYS = `recorded:${Buffer.alloc(32, 'recorded histories').toString('base64')}`;
