import { expect, it } from 'vitest'
import { FewAtOnce } from './few-at-once.ts'

function heldWork() {
  const begun: number[] = []
  const release: (() => void)[] = []
  const work = (number: number) => () => {
    begun.push(number)
    return new Promise<number>((resolve) => {
      release.push(() => resolve(number))
    })
  }
  return { begun, release, work }
}
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

it('lets a few through, and the others in the order they came', async () => {
  const few = new FewAtOnce(2)
  const { begun, release, work } = heldWork()
  const all = [1, 2, 3, 4].map((number) => few.run('one key', work(number)))
  await settled()
  expect(begun).toEqual([1, 2])
  release[0]?.()
  await settled()
  expect(begun).toEqual([1, 2, 3])
  for (const each of [1, 2]) release[each]?.()
  await settled()
  release[3]?.()
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4])
})

it('counts each key by itself', async () => {
  const few = new FewAtOnce(1)
  const { begun, release, work } = heldWork()
  const all = [few.run('one', work(1)), few.run('other', work(2))]
  await settled()
  expect(begun).toEqual([1, 2])
  for (const each of release) each()
  await Promise.all(all)
})

it('gives the place of what failed on', async () => {
  const few = new FewAtOnce(1)
  const failing = few.run('key', () => Promise.reject(new Error('no')))
  const next = few.run('key', async () => 'done')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
})
