/** Reads a recording off the main thread: a large one takes a second. */
import { readRecording } from '../../model/recording/read-recording.ts'

self.addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  void file.text().then((text) => self.postMessage(readRecording(text)))
})
