/** What moves messages: each part starts and stops. */
export { cleanUpJobs } from './clean-up.ts'
export { Dispatcher, type DispatcherEvent } from './dispatcher.ts'
export { nextDueTimes } from './due-times.ts'
export { createHandling, type Handling, type HandlingOptions } from './handling.ts'
export { type NodeEvent, NodeLife } from './node-life.ts'
export { Scheduler } from './scheduler.ts'
export { Unparking } from './unparking.ts'
