import { createServer, type Server } from 'node:http'

export interface HttpLimits {
  /** From the first byte of a connection, or of the next request on it, to the end of the headers. */
  headersMs: number
  /** To the end of the body. */
  requestMs: number
  /** How often connections are looked at for both. */
  lookEveryMs: number
  /** A connection without a request is kept so long. */
  keepAliveMs: number
  headerBytes: number
}

/** Nobody needs longer; who sends a byte now and then, to hold a connection, is let go. */
export const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 30_000,
  lookEveryMs: 1_000,
  keepAliveMs: 5_000,
  headerBytes: 16 * 1024,
}

/** A server that waits for nobody without end. */
export function createHttpServer(limits: HttpLimits = HTTP_LIMITS): Server {
  return createServer({
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    connectionsCheckingInterval: limits.lookEveryMs,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.headerBytes,
  })
}
