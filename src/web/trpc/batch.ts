/** Calls in one request: as many as a page asks at once, and not as many as somebody could try. */
export const MAX_BATCH = 20
