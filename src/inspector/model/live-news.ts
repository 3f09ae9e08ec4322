interface Came {
  count: number
  failed: number
}

/** What has come between two moments, in as few words as it takes; nothing where nothing has. */
export function newsWords(before: Came, now: Came): string | null {
  const [count, failed] = [now.count - before.count, now.failed - before.failed]
  if (count <= 0 && failed <= 0) return null
  const words = [
    count > 0 && `${count.toLocaleString('en')} new`,
    failed > 0 && `${failed.toLocaleString('en')} failed`,
  ]
  return words.filter((each) => each !== false).join(', ')
}
