/** A masked body as text that can be edited. What is masked reads as words, and stays as it was unless it is replaced. */
const WORDS = {
  '•••• personal data, stays as it is': 'personal',
  '•••• secret, stays as it is': 'secret',
  '•••• erased, stays as it is': 'erased',
  '•••• unknown, stays as it is': 'unknown',
} as const

type Mask = (typeof WORDS)[keyof typeof WORDS]

const MASKS = new Map<string, Mask>(Object.entries(WORDS) as [string, Mask][])

export function toEditable(body: unknown): string {
  return JSON.stringify(body, (_, value: unknown) => wordsOf(value) ?? value, 2)
}

/** What {@link toEditable} wrote, after somebody has edited it. @throws SyntaxError when it is no JSON any more. */
export function fromEditable(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    const masked = typeof value === 'string' ? MASKS.get(value) : undefined
    return masked ? { masked } : value
  })
}

function wordsOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).join() !== 'masked') return null
  const { masked } = value as { masked: unknown }
  return [...MASKS].find(([, mask]) => mask === masked)?.[0] ?? null
}
