import { NOT_READABLE, type ReadRecording, sizeProblem } from '../../model/recording/read-recording.ts'

/** Reads a file that was handed in. Whatever it is, the page goes on. */
export function readFile(file: File): Promise<ReadRecording> {
  const tooBig = sizeProblem(file.size)
  if (tooBig) return Promise.resolve({ ok: false, problem: tooBig })
  const worker = new Worker(new URL('./recording-worker.ts', import.meta.url), { type: 'module' })
  const { promise, resolve } = Promise.withResolvers<ReadRecording>()
  worker.addEventListener('message', ({ data }: MessageEvent<ReadRecording>) => resolve(data))
  worker.addEventListener('error', () => resolve(NOT_READABLE))
  worker.postMessage(file)
  return promise.finally(() => worker.terminate())
}
