export { readInspected, readShownTab } from './keptState';
export { inspectIn } from './panel';
