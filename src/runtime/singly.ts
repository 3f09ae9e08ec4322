/** What a timer starts is not started again while it goes on: where the database hangs they would pile up. */
export function singly(work: () => Promise<void>): () => void {
  let isBusy = false
  return () => {
    if (isBusy) return
    isBusy = true
    void work().finally(() => {
      isBusy = false
    })
  }
}
