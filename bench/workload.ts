import { baseline } from './baseline/loop.ts'
import type { Contender } from './contender.ts'
import { alternate, type Sample } from './measure.ts'
import { type Comparison, compare, type Result, type Target } from './result.ts'
import type { Server } from './server.ts'
import { waybill } from './waybill-node.ts'

/** What a workload runs on and how. */
export interface Bench {
  server: Server
  rounds: number
  /** Sizes that show whether it works, not how fast it is. */
  isQuick: boolean
  /** Other people's queues to run beside the two. */
  peers: readonly Contender[]
  /** Says how it goes. */
  tell(line: string): void
  /** What must be stopped, also when the run is interrupted; more than once does no harm. */
  defer(stop: () => Promise<void>): void
}

export interface Workload {
  name: string
  title: string
  run(bench: Bench): Promise<Result[]>
}

export type Samples = Record<string, Sample[]>

/** Runs Waybill, the baseline and the peers in turn. */
export function runContenders(
  bench: Bench,
  workload: string,
  run: (contender: Contender) => Promise<Sample>,
  peers: readonly Contender[] = bench.peers,
): Promise<Samples> {
  const sides = [waybill, baseline, ...peers].map((contender) => [contender.name, () => run(contender)] as const)
  return runSides(bench, workload, Object.fromEntries(sides))
}

/** Runs any two or more in turn, and tells what each round has shown. */
export function runSides<Name extends string>(
  { rounds, tell }: Bench,
  workload: string,
  sides: Record<Name, () => Promise<Sample>>,
): Promise<Record<Name, Sample[]>> {
  return alternate(rounds, sides, (side, sample) => tell(`${workload} ${side}: ${describeSample(sample)}`))
}

export function describeSample(sample: Sample): string {
  return Object.entries(sample)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ')
}

/** The figure beside the baseline's, then beside each peer's. */
export function compareFigure(
  samples: Samples,
  comparison: Comparison,
  peerTarget: (name: string) => Target,
): Result[] {
  const { waybill: own = [], baseline: hand = [], ...peers } = samples
  const besidePeers = Object.entries(peers).flatMap(([name, peer]) =>
    compare(own, peer, { ...comparison, workload: `${comparison.workload} beside ${name}`, target: peerTarget(name) }),
  )
  return [...compare(own, hand, comparison), ...besidePeers]
}

/** Processor time for each delivery or message: the steadier measure on a machine that does other things, too. */
export function compareProcessorTime(samples: Samples, workload: string, unit: string): Result[] {
  const figures = [
    ['nodeMicros', 'Node CPU'],
    ['postgresMicros', 'PostgreSQL CPU'],
  ] as const
  return figures.flatMap(([figure, what]) =>
    compareFigure(samples, { workload: `${workload} ${what}`, figure, unit, target: null, note: '' }, () => null),
  )
}
