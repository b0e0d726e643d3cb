/**
 * The last `count` items of a stream that comes in groups, once it has ended. Needed because an engine that is asked for
 * the last lines until a time takes the last lines of the whole log first, and then those of them that are older.
 */
export async function* tail<T>(groups: AsyncIterable<readonly T[]>, count: number): AsyncGenerator<T[]> {
  const kept: (readonly T[])[] = [];
  let surplus = -count;
  for await (const group of groups) {
    kept.push(group);
    surplus += group.length;
    for (let first = kept[0]; first && first.length <= surplus; first = kept[0]) {
      surplus -= first.length;
      kept.shift();
    }
  }
  for (const [index, group] of kept.entries()) yield group.slice(index === 0 ? Math.max(0, surplus) : 0);
}
