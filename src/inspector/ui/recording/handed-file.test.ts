import { expect, it } from 'vitest'
import { handOver, receiveFiles } from './handed-file.ts'

const [first, second, third] = ['first', 'second', 'third'].map((name) => new File([], name)) as [File, File, File]

it('a file waits for the page that opens it, and is given once', () => {
  handOver(first)
  const opened: File[] = []
  const stop = receiveFiles((file) => opened.push(file))
  handOver(second)
  expect(opened).toEqual([first, second])
  stop()
  // Whoever comes back to the page finds it empty.
  receiveFiles((file) => opened.push(file))()
  expect(opened).toHaveLength(2)
  handOver(third)
  receiveFiles((file) => opened.push(file))()
  expect(opened.at(-1)).toBe(third)
})

it('a page that left does not take the files of the one that came after it', () => {
  const got: string[] = []
  const stopOld = receiveFiles(() => got.push('old'))
  const stopNew = receiveFiles(() => got.push('new'))
  stopOld()
  handOver(first)
  stopNew()
  expect(got).toEqual(['new'])
})
