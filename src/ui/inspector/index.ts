export { readInspected, readShownTab } from './messages';
export { inspectIn } from './panel';
