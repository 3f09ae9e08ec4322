/** Estimates off the main thread: reading the lists takes seconds on a slow phone. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import * as german from '@zxcvbn-ts/language-de'
import * as english from '@zxcvbn-ts/language-en'
import type { Strength, StrengthQuestion } from './use-strength.ts'

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary, ...prefixed(german.dictionary) },
  graphs: common.adjacencyGraphs,
  translations: english.translations,
})

self.addEventListener('message', ({ data }: MessageEvent<StrengthQuestion>) => {
  const { score, feedback } = estimator.check(data.password, data.known)
  const strength: Strength = { turn: data.turn, score, advice: feedback.warning ?? feedback.suggestions[0] ?? null }
  self.postMessage(strength)
})

/** The lists of German have names that may not meet those of English. */
function prefixed<Words>(lists: Record<string, Words>): Record<string, Words> {
  return Object.fromEntries(Object.entries(lists).map(([name, words]) => [`${name}-de`, words]))
}
