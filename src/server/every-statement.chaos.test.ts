/**
 * D16: a node is killed at every single statement of a flow, once before the server gets it and once after the
 * server has performed it. Another node takes over, whoever got no answer asks again, and the end is the same.
 * To die after a statement leaves what to die before the next one leaves: so `npm test` takes every other statement and
 * has still every state in which the tables can be left; `npm run test:chaos` takes them all.
 */
import { expect, it } from 'vitest'
import type { Death } from './testing/mortal-client.ts'
import { confirmation, retry, signUp } from './testing/scenarios.ts'
import { openStage, type Scenario, type Stage } from './testing/stage.ts'
import { isThorough } from './testing/thoroughness.ts'

const LONGEST_MS = 300_000
const DEATHS: Death[] = ['unsent', 'unheard']
const CASES = [signUp, confirmation, retry].flatMap((scenario) => DEATHS.map((death) => ({ scenario, death })))

it.concurrent.each(CASES)('D16: $scenario.name, with a death at each statement, $death', killAtEach, LONGEST_MS)

async function killAtEach({ scenario, death }: { scenario: Scenario; death: Death }) {
  const stage = await openStage()
  try {
    await compareAll(stage, scenario, death)
  } finally {
    await stage.close()
  }
}

async function compareAll(stage: Stage, scenario: Scenario, death: Death) {
  const undisturbed = await stage.run(scenario, Number.POSITIVE_INFINITY, death)
  expect(undisturbed.problems).toEqual([])
  expect(undisturbed.statements.length).toBeGreaterThan(10)
  const step = isThorough() ? 1 : 2
  for (let index = 0; index < undisturbed.statements.length; index += step) {
    const statement = undisturbed.statements[index]
    const { statements, state, problems } = await stage.run(scenario, index + 1, death)
    const place = `statement ${index + 1}: ${statement}`
    expect(statements.at(-1), place).toBe(statement)
    expect(problems, place).toEqual([])
    expect(state, place).toEqual(undisturbed.state)
  }
}
