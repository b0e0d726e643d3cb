/** A package mirror as an apt source line names it. */
export interface Mirror {
  uri: string;
  components: string;
  /** The bracketed options of a one-line entry with a space behind, or nothing. */
  options: string;
}

/** The mirror of a suite in apt's source files, in either of their two forms. */
export function findMirror(files: readonly string[], suite: string): Mirror | undefined {
  for (const text of files) {
    const mirror = findLine(text, suite) ?? findParagraph(text, suite);
    if (mirror) return mirror;
  }
  return undefined;
}

function findLine(text: string, suite: string): Mirror | undefined {
  for (const line of text.split('\n')) {
    const match = /^deb\s+(\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim());
    const [, options = '', uri, name, components] = match ?? [];
    if (uri && name === suite && components) return { uri, components, options: options && `${options.trim()} ` };
  }
  return undefined;
}

function findParagraph(text: string, suite: string): Mirror | undefined {
  for (const paragraph of text.split(/\n\s*\n/)) {
    const field = (name: string): string =>
      new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(paragraph)?.[1]?.trim() ?? '';
    const uri = field('URIs').split(/\s+/)[0];
    const isSource = field('Types').split(/\s+/).includes('deb') && field('Suites').split(/\s+/).includes(suite);
    const key = field('Signed-By');
    if (uri && isSource) return { uri, components: field('Components'), options: key && `[signed-by=${key}] ` };
  }
  return undefined;
}
