/**
 * The program that ssh runs to ask a question (SSH_ASKPASS). It passes the question to the socket named in the
 * environment and prints the answer. Without an answer it fails, and ssh goes on without one.
 */
import net from 'node:net';
import { record } from '../../../base/read';

const socket = net.connect(process.env['QUAYSIDE_ASKPASS'] ?? '');
const hint = process.env['SSH_ASKPASS_PROMPT'] ?? '';
const question = { prompt: process.argv[2] ?? '', hint, asker: process.ppid };
let reply = '';
process.exitCode = 1;
socket.setEncoding('utf8');
socket.on('error', () => undefined);
socket.on('data', (text: string) => {
  reply += text;
});
socket.on('end', () => {
  const { answer } = record(JSON.parse(reply || '{}'));
  if (typeof answer !== 'string') return;
  process.stdout.write(`${answer}\n`);
  process.exitCode = 0;
});
socket.write(`${JSON.stringify(question)}\n`);
