import { FramedRecordReader } from './framedRecords';
import type { RecordReader } from './records';
import { TtyRecordReader } from './ttyRecords';

export interface RecordOptions {
  /** Whether the container has a TTY: its log has no frames. */
  tty: boolean;
  /**
   * Whether each piece of a line has a stamp of its own, as on Podman. Docker gives every piece the stamp of the first.
   */
  ownStamps: boolean;
}

export function recordReader({ tty, ownStamps }: RecordOptions): RecordReader {
  return tty ? new TtyRecordReader(ownStamps) : new FramedRecordReader(ownStamps);
}
