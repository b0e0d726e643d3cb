import { mkdir } from 'node:fs/promises';
import { requirePrograms } from './debian';

/** Where sshd leaves its privileges; the system makes it when its own service starts. */
const privilegeFolder = '/run/sshd';

/** OpenSSH's server and client from the system's packages. */
export async function installOpenssh(): Promise<void> {
  await requirePrograms({ sshd: 'openssh-server', ssh: 'openssh-client', 'ssh-agent': 'openssh-client' }, 'OpenSSH');
  await mkdir(privilegeFolder, { recursive: true });
}
