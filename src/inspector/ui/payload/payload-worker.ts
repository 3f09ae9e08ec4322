/** Holds one large payload, and answers what is asked of it. */
import { ParsedPayload } from '../../model/payload/payload-source.ts'
import type { PayloadAnswer, PayloadQuestion } from './payload-in-worker.ts'

let payload: ParsedPayload | undefined

self.addEventListener('message', ({ data }: MessageEvent<PayloadQuestion>) => self.postMessage(answerTo(data)))

function answerTo(question: PayloadQuestion): PayloadAnswer {
  const { turn } = question
  try {
    if (question.ask === 'open') payload = ParsedPayload.from(question.json)
    return { turn, value: valueFor(question) }
  } catch (error) {
    return { turn, error: error instanceof Error ? error.message : 'It could not be read.' }
  }
}

function valueFor(question: PayloadQuestion): unknown {
  if (!payload) throw new Error('It is no JSON.')
  switch (question.ask) {
    case 'open':
      return null
    case 'rows':
      return payload.rows(question.folding, question.order)
    case 'find':
      return payload.find(question.text, question.order)
    case 'text':
      return payload.text(question.path)
    case 'copied':
      return payload.copied(question.path)
    case 'maskedPaths':
      return payload.maskedPaths()
    case 'json':
      return payload.json()
    case 'fixture':
      return payload.fixture(question.message)
    case 'differencesFrom':
      return payload.differencesFrom(question.before)
  }
}
