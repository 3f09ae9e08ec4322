/** Lays out off the main thread: of a large map it takes a second. */
import { type LayoutAnswer, type LayoutRequest, placesOf } from './layout.ts'

self.addEventListener('message', ({ data }: MessageEvent<LayoutRequest>) => {
  const answer: LayoutAnswer = { turn: data.turn, places: placesOf(data) }
  self.postMessage(answer)
})
