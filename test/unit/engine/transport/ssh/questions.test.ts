import assert from 'node:assert/strict';
import { type Question, readQuestion } from '../../../../../src/engine/transport/ssh/questions';

describe('What ssh asks', () => {
  const unknownHost =
    "The authenticity of host '[127.0.0.1]:2222 ([127.0.0.1]:2222)' can't be established.\nED25519 key fingerprint is SHA256:abc/+1.\nThis key is not known by any other names.\nAre you sure you want to continue connecting (yes/no/[fingerprint])? ";
  const prompts: [prompt: string, hint: string, expected: Partial<Question>][] = [
    [
      unknownHost,
      '',
      {
        kind: 'hostKey',
        subject: '[127.0.0.1]:2222',
        fingerprint: 'SHA256:abc/+1',
        keyType: 'ED25519',
      },
    ],
    [
      unknownHost.replace('[127.0.0.1]:2222 (', 'build.local ('),
      '',
      { kind: 'hostKey', subject: 'build.local ([127.0.0.1]:2222)' },
    ],
    ["Please type 'yes', 'no' or the fingerprint: ", '', { kind: 'hostKey', fingerprint: '' }],
    [
      "Enter passphrase for key '/home/ada/.ssh/id_ed25519': ",
      '',
      { kind: 'passphrase', subject: '/home/ada/.ssh/id_ed25519' },
    ],
    ["ada@build's password: ", '', { kind: 'password', subject: 'ada@build' }],
    ['(ada@build) Verification code: ', '', { kind: 'secret', subject: '' }],
    ['Confirm user presence for key ED25519-SK', 'none', { kind: 'notice' }],
    ['', '', { kind: 'secret', text: '' }],
  ];
  for (const [prompt, hint, expected] of prompts) {
    it(`is read: ${prompt.slice(0, 50)}`, () => {
      const question = readQuestion(prompt, hint);
      assert.equal(question.text, prompt.trim());
      for (const [key, value] of Object.entries(expected))
        assert.equal(question[key as keyof typeof question], value, key);
    });
  }
});
