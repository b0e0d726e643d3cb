/**
 * Who may know whom, checked by `npm run check`; src/README.md tells it in words. In each list the lowest rooms come
 * first: no room imports from one that stands after it, not even a type. Rooms of one line do not know each other.
 */
const rooms = [['base'], ['engine'], ['audit', 'stack', 'health'], ['ui'], ['extension']];

const engineRooms = [
  ['errorCodes'],
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

const uiRooms = [
  ['errors'],
  ['config', 'text', 'failure', 'progress', 'log'],
  ['session'],
  ['objects'],
  ['actions'],
  ['api', 'documents', 'status', 'terminals', 'trees', 'webview'],
  ['inspector'],
  ['services'],
  ['run'],
  ['commands'],
  ['commandRegistration'],
];

/** What is loaded when it is first used: nothing else imports it by value. */
const loadedLate = [
  'src/ui/commands/',
  'src/ui/inspector/(?!(inspectors|protocol|contents)\\.ts)',
  'src/engine/transport/ssh/',
  'node_modules/dockerode/',
];

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'A type that both need goes to the lower room.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...order('src/', rooms),
    ...order('src/engine/', engineRooms),
    ...order('src/ui/', uiRooms),
    ...loadedLate.map(path => ({
      name: `late: ${path}`,
      comment: 'It is loaded when it is first used: by import(), or a type alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^${path}` },
      to: { path: `^${path}`, dynamic: false, dependencyTypesNot: ['type-only'] },
    })),
    {
      name: 'vscode',
      comment: 'Only src/ui and src/extension.ts know vscode.',
      severity: 'error',
      from: { path: '^(src|media)/', pathNot: '^src/(ui/|extension\\.ts$)' },
      to: { path: '^(node_modules/@types/)?vscode' },
    },
    {
      name: 'dockerode',
      comment: 'Only src/engine knows dockerode.',
      severity: 'error',
      from: { path: '^(src|media)/', pathNot: '^src/engine/' },
      to: { path: 'docker(ode|-modem)' },
    },
    {
      name: 'media',
      comment: 'A page takes from src only its own protocol, and the checks that protocols are made of.',
      severity: 'error',
      from: { path: '^media/([^/]+)/' },
      to: { path: '^src/', pathNot: '^src/(ui/($1|inspector)/protocol|base/check)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};

/** One rule for each room: it knows neither those after it nor those on its own line. */
function order(folder, levels) {
  const at = name => `^${folder}${name}(/|\\.ts$)`;
  return levels
    .flatMap((level, index) =>
      level.map(name => ({
        name: `${folder}${name}`,
        comment: 'A room does not know one above it, or beside it.',
        severity: 'error',
        from: { path: at(name) },
        to: { path: [...level.filter(other => other !== name), ...levels.slice(index + 1).flat()].map(at) },
      })),
    )
    .filter(({ to }) => to.path.length > 0);
}
