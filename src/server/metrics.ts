import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { DispatcherEvent } from '../runtime/index.ts'

export interface Metrics {
  observe(event: DispatcherEvent): void
  /** Prometheus' text format. */
  render(): Promise<{ contentType: string; text: string }>
}

/** Counts what the dispatcher does, and the process's own figures. */
export function createMetrics(inFlight: () => number): Metrics {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  collectDefaultMetrics({ register: registry })
  const attempts = new Counter({
    name: 'waybill_attempts_total',
    help: 'Attempts that ended, by subscription and by how.',
    labelNames: ['subscription', 'end'],
    registers,
  })
  const duration = new Histogram({
    name: 'waybill_attempt_duration_seconds',
    help: 'Time from claim to settlement.',
    labelNames: ['subscription'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    registers,
  })
  const reaped = new Counter({
    name: 'waybill_leases_reaped_total',
    help: 'Leases taken back from silent nodes.',
    registers,
  })
  const failures = new Counter({
    name: 'waybill_dispatcher_failures_total',
    help: 'Looks for work that failed.',
    registers,
  })
  new Gauge({
    name: 'waybill_deliveries_in_flight',
    help: 'Deliveries that this node runs now.',
    registers,
    collect() {
      this.set(inFlight())
    },
  })
  return {
    observe: (event) => {
      if (event.event === 'leases.reaped') reaped.inc(event.count)
      else if (event.event === 'dispatcher.failed') failures.inc()
      else if (event.event === 'attempt.ended') {
        const { subscription } = event.delivery
        attempts.inc({ subscription, end: event.end.end })
        duration.observe({ subscription }, event.durationMs / 1000)
      }
    },
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  }
}
