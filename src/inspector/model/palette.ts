/** What the palette offers, and what of it fits what was typed. */
export interface Command {
  /** Where it stands: commands of one group are together. */
  group: 'Go to' | 'Selected' | 'Pages' | 'Views' | 'Settings'
  title: string
  /** Other words by which it is found. */
  words?: string
  /** Beside the title. */
  hint?: string
  run(): void
}

/**
 * Those in whose words each typed word begins one, best first within their groups: what begins with the whole text
 * comes before the rest. With nothing typed all are offered.
 */
export function fitting(commands: readonly Command[], typed: string): Command[] {
  const wanted = wordsOf(typed)
  const fits = commands.filter((command) => {
    const words = wordsOf(`${command.title} ${command.words ?? ''}`)
    return wanted.every((each) => words.some((word) => word.startsWith(each)))
  })
  const begins = ({ title }: Command) => (title.toLowerCase().startsWith(typed.trim().toLowerCase()) ? 0 : 1)
  return fits.sort((a, b) => (a.group === b.group ? begins(a) - begins(b) : 0))
}

export function byGroup(commands: readonly Command[]): [group: Command['group'], commands: Command[]][] {
  return [...Map.groupBy(commands, (each) => each.group)]
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((each) => each !== '')
}
