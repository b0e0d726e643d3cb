import { own } from '../../../base/read';

export type Order<R> = (a: R, b: R) => number;

/** The orders that a view offers, by the name that its state keeps. */
export type Orders<R> = Readonly<Record<string, Order<R>>>;

/** The order of this name; one that leaves all as it is when the view does not offer it. */
export function orderNamed<R>(orders: Orders<R>, name: string): Order<R> {
  return own(orders, name) ?? (() => 0);
}
