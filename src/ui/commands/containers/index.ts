import { inspect } from '../../../engine/objects/containers/operations';
import { containers } from '../../objects/containers';
import { copyOf } from '../copying';
import { inspectionOf, inspectorOf } from '../inspecting';
import { logText, openLogs } from '../logs/document';
import { saveLogs } from '../logs/saving';
import { showLogs, showLogsFrom } from '../logs/showing';
import { attach, openShell, openShellWith, runCommand } from '../processes/opening';
import type { ObjectCommands } from '../table';
import { copyRunCommand } from './copyRunCommand';
import { copyAddress, openInBrowser } from './ports';
import { prune } from './pruning';
import { remove } from './removal';
import { rename } from './rename';
import { kill, pause, restart, start, stop, stopWithTimeout, unpause, wait } from './states';

export const containerCommands: ObjectCommands = {
  commands: {
    'quayside.container.start': start,
    'quayside.container.stop': stop,
    'quayside.container.stopWithTimeout': stopWithTimeout,
    'quayside.container.restart': restart,
    'quayside.container.pause': pause,
    'quayside.container.unpause': unpause,
    'quayside.container.kill': kill,
    'quayside.container.wait': wait,
    'quayside.container.rename': rename,
    'quayside.container.remove': remove,
    'quayside.container.showLogs': showLogs,
    'quayside.container.showLogsFrom': showLogsFrom,
    'quayside.container.saveLogs': saveLogs,
    'quayside.container.openLogs': openLogs,
    'quayside.container.openInspector': inspectorOf(containers, 'container', ({ row }) => row.id),
    'quayside.container.inspect': inspectionOf(containers, 'container', ({ id }) => id),
    'quayside.container.openInBrowser': openInBrowser,
    'quayside.container.openShell': openShell,
    'quayside.container.openShellWith': openShellWith,
    'quayside.container.runCommand': runCommand,
    'quayside.container.attach': attach,
    'quayside.container.copyName': copyOf(containers, ({ name }) => name),
    'quayside.container.copyId': copyOf(containers, ({ id }) => id),
    'quayside.container.copyImage': copyOf(containers, ({ row }) => row.image),
    'quayside.container.copyAddress': copyAddress,
    'quayside.container.copyRunCommand': copyRunCommand,
    'quayside.container.prune': prune,
  },
  readers: { container: inspect, log: logText },
};
