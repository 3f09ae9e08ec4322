import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPersonKeys, createSealer, newId, type PersonKeys } from '../bus/index.ts'
import { createTestDatabase, type TestDatabase } from '../server/database/testing.ts'
import { createPostgresStorage, type PostgresStorage } from './index.ts'

const SECRET = 'a secret for tests only, 32 chars'

let database: TestDatabase
let nodes: PostgresStorage[]
let people: PersonKeys[]

beforeEach(async () => {
  database = await createTestDatabase()
  nodes = ['one', 'two'].map((node) =>
    createPostgresStorage({
      url: database.url,
      node,
      poolSize: 4,
      maxAttemptsOf: () => 5,
      onConnectionError: () => {},
    }),
  )
  await Promise.all(nodes.map((each) => each.start()))
  people = nodes.map((each) => createPersonKeys({ store: each.personKeys, sealer: createSealer(SECRET) }))
})
afterEach(async () => {
  await Promise.all(nodes.map((each) => each.stop()))
  await database.drop()
})

it('P7: every node forgets the key of somebody who was erased on one of them', async () => {
  const [one, two] = people as [PersonKeys, PersonKeys]
  const person = newId()
  const sealed = await one.sealText(person, 'Zaphod')
  expect(await two.openText(sealed)).toBe('Zaphod')
  await nodes[0]!.unitOfWork.run((tx) => nodes[0]!.personKeys.erase(tx, person))
  expect(await one.openText(sealed)).toBeNull()
  await expect.poll(() => two.openText(sealed)).toBeNull()
})

it('P3: nodes that make the key of one person at once agree on one', async () => {
  const persons = Array.from({ length: 50 }, () => newId())
  const texts = await Promise.all(persons.flatMap((each) => people.map((node) => node.sealText(each, each))))
  for (const node of people) {
    expect(await Promise.all(texts.map((each) => node.openText(each)))).toEqual(persons.flatMap((each) => [each, each]))
  }
  const { rows } = await nodes[0]!.pool.query('SELECT count(*)::int AS keys FROM person_keys')
  expect(rows).toEqual([{ keys: 50 }])
})
