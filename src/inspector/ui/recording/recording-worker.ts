/** Reads a recording off the main thread: a large one takes a second. */
import { NOT_READABLE, readRecording } from '../../model/recording/read-recording.ts'

self.addEventListener('message', ({ data: file }: MessageEvent<File>) => {
  // A file that was moved away or may not be read meanwhile is a problem of the file, too.
  void file
    .text()
    .then(readRecording)
    .catch(() => NOT_READABLE)
    .then((read) => self.postMessage(read))
})
