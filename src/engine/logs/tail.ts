/**
 * The last so many of what comes in groups, once it has ended; what comes before them is let go. An engine that is asked
 * for the last lines until a time takes the last of the whole log, and of those what is older: this takes their place.
 */
export async function* lastOf<T>(groups: AsyncIterable<readonly T[]>, count: number): AsyncGenerator<T[]> {
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
