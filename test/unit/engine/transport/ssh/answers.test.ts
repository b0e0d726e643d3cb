import assert from 'node:assert/strict';
import { Answers } from '../../../../../src/engine/transport/ssh/answers';
import { SshMemory } from '../../../../../src/engine/transport/ssh/memory';
import type { Question } from '../../../../../src/engine/transport/ssh/questions';

describe('What ssh asks', () => {
  const answered = (answers: Answers, prompt: string, asker = 1): Promise<string | undefined> =>
    answers.answer({ prompt, hint: '', asker }, new AbortController().signal);

  const isOwn = (login: string): boolean => login === 'a@b';

  it('is a secret, which is not kept, where it is the password of another login than the one under way', async () => {
    const kinds: string[] = [];
    const prompt = ({ kind }: Question): Promise<string> => Promise.resolve(`answer ${kinds.push(kind)}`);
    const memory = new SshMemory({ prompter: { prompt } });
    const password = "victim@other's password:";
    assert.equal(await answered(new Answers(memory, login => login === 'victim@other'), password), 'answer 1');
    assert.equal(await answered(new Answers(memory, isOwn), password), 'answer 2');
    assert.equal(await answered(new Answers(memory, isOwn), password), 'answer 3');
    assert.equal(await answered(new Answers(memory, login => login === 'victim@other'), password), 'answer 1');
    assert.deepEqual(kinds, ['password', 'secret', 'secret']);
  });

  it('is asked once where it may be kept, and anew when the answer was wrong', async () => {
    const given: [text: string, again: boolean][] = [];
    const memory = new SshMemory({
      prompter: {
        prompt: ({ text, again }) => {
          given.push([text, again]);
          return Promise.resolve(`answer ${given.length}`);
        },
      },
    });
    const password = "a@b's password:";
    const first = new Answers(memory, isOwn);
    assert.equal(await answered(first, password), 'answer 1');
    assert.equal(await answered(first, password), 'answer 2');
    assert.equal(await answered(first, 'Code:'), 'answer 3');
    const second = new Answers(memory, isOwn);
    assert.equal(await answered(second, password), 'answer 2');
    assert.equal(await answered(second, 'Code:'), 'answer 4');
    assert.deepEqual(given, [
      [password, false],
      [password, true],
      ['Code:', false],
      ['Code:', false],
    ]);
  });

  it('is answered alike to the ssh of each host on the way, and wrong only where the same one asks again', async () => {
    const asked: boolean[] = [];
    const prompt = ({ again }: Question): Promise<string> => Promise.resolve(`answer ${asked.push(again)}`);
    const answers = new Answers(new SshMemory({ prompter: { prompt } }), isOwn);
    const passphrase = "Enter passphrase for key '/home/ada/.ssh/id_ed25519':";
    assert.equal(await answered(answers, passphrase, 1), 'answer 1');
    assert.equal(await answered(answers, passphrase, 2), 'answer 1');
    assert.equal(await answered(answers, passphrase, 2), 'answer 2');
    assert.deepEqual(asked, [false, true]);
  });
});
