/** For commands whose sender waits for the reply: what fails for a moment is tried again in the blink of an eye. */
export const WAITED_FOR = { retry: { firstDelayMs: 100, factor: 2, maxAttempts: 6 } }
