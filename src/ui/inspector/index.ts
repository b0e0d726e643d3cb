export { readInspected } from './messages';
export { pageOptions } from './page';
export { inspectIn } from './panel';
