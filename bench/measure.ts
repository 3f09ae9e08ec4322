/** What one run of one side showed, by name of the figure. A figure that this system cannot tell is left out. */
export type Sample = Record<string, number>

type Sides<Name extends string> = Record<Name, () => Promise<Sample>>

/**
 * Runs all sides in every round, another one first each time, so that a machine that gets slower or faster meanwhile
 * does so for all of them.
 */
export async function alternate<Name extends string>(
  rounds: number,
  sides: Sides<Name>,
  onSample: (side: Name, sample: Sample) => void = () => {},
): Promise<Record<Name, Sample[]>> {
  const names = Object.keys(sides) as Name[]
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]])) as Record<Name, Sample[]>
  for (let round = 0; round < rounds; round += 1) {
    for (const name of rotate(names, round)) {
      const sample = await sides[name]()
      samples[name].push(sample)
      onSample(name, sample)
    }
  }
  return samples
}

function rotate<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

/** The middle one; between two in the middle, their mean. NaN of none. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  if (sorted.length % 2 === 1) return sorted[middle]!
  return sorted.length === 0 ? Number.NaN : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** The smallest number that at least `share` (0 to 1) of them do not exceed. NaN of none. */
export function percentile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

/** Each figure's median over the samples that have it. */
export function medians(samples: readonly Sample[]): Sample {
  const names = new Set(samples.flatMap((sample) => Object.keys(sample)))
  return Object.fromEntries([...names].map((name) => [name, median(samples.flatMap((sample) => sample[name] ?? []))]))
}
