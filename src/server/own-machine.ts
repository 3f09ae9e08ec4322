const LOOPBACK = /^(127(\.\d{1,3}){3}|\[?::1\]?|(.+\.)?localhost)$/

/** Whether a host is this machine itself, and nothing that is sent there goes over a net. */
export function isOwnMachine(hostname: string): boolean {
  return LOOPBACK.test(hostname)
}
