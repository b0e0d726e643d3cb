/**
 * What may know what (src/README.md). Each list names rooms, the lowest first: none imports from one that stands behind it,
 * not even a type. A room that stands twice in one string list shares its level, and does not know its neighbours.
 */
const engine = [
  ['errors'],
  ['endpoints'],
  ['transport'],
  ['client'],
  ['connection'],
  ['objects'],
  ['processes'],
  ['mirror'],
  ['runCommand'],
  ['logs', 'stats'],
];
const ui = [
  ['config', 'text', 'failure', 'progress', 'log'],
  ['session'],
  ['objects'],
  ['actions'],
  ['terminals', 'trees', 'inspector', 'status', 'webview'],
  ['services'],
  ['run'],
  ['commands'],
  ['commandRegistration'],
];
const rooms = [['base'], ['engine'], ['audit', 'stack', 'health'], ['ui'], ['extension']];
function order(base, levels) {
  const at = name => `^src/${base}${name}(/|\\.ts$)`;
  return levels.flatMap((level, i) => level.map(name => ({
    name: `${base}${name}-looks-up`, severity: 'error', from: { path: at(name) },
    to: { path: levels.slice(i + 1).flat().concat(level.filter(o => o !== name && i > 0)).map(at) },
  })));
}
module.exports = {
  forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }, ...order('engine/', engine), ...order('ui/', ui), ...order('', rooms)].filter(r => !Array.isArray(r.to.path) || r.to.path.length),
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
};
