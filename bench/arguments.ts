import { parseArgs } from 'node:util'

export interface Arguments {
  /** Names of workloads; none means all. */
  workloads: string[]
  json: string | null
  peers: boolean
  rounds: number
  quick: boolean
  /** Whether to put what was measured into `docs/performance.md`. */
  write: boolean
}

/** Its text says what does not fit, and what would. */
export class UnfitArguments extends Error {
  override name = 'UnfitArguments'
}

const OPTIONS = {
  json: { type: 'string' },
  peers: { type: 'boolean', default: false },
  rounds: { type: 'string', default: '5' },
  quick: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
} as const

/** @throws UnfitArguments */
export function readArguments(args: string[], known: readonly string[]): Arguments {
  const { values, positionals } = parse(args)
  const workloads = positionals.map((name) => name.toLowerCase())
  const unknown = workloads.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new UnfitArguments(`There is no workload ${unknown.join(', ')}. There are: ${known.join(', ')}.`)
  const rounds = Number(values.rounds)
  if (!Number.isInteger(rounds) || rounds < 1)
    throw new UnfitArguments(`--rounds ${values.rounds}: give a number from 1 on.`)
  const { json = null, peers, quick, write } = values
  if (quick && write) throw new UnfitArguments('--quick and --write: quick sizes show nothing worth writing down.')
  return { workloads, json, peers, rounds, quick, write }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, allowPositionals: true, options: OPTIONS })
  } catch (error) {
    throw new UnfitArguments((error as Error).message)
  }
}
