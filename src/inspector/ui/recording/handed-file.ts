/** Files on their way from the page on which they were dropped to the one that opens them. */
type Receiver = (file: File) => void

let waiting: File | null = null
let receiver: Receiver | null = null

/** Gives a file to the page that opens it, or keeps it until that is there. */
export function handOver(file: File): void {
  if (receiver) receiver(file)
  else waiting = file
}

/** Gets what was handed over, and from now on whatever is. Each file is given once. */
export function receiveFiles(next: Receiver): () => void {
  receiver = next
  const file = waiting
  waiting = null
  if (file) next(file)
  return () => {
    if (receiver === next) receiver = null
  }
}
