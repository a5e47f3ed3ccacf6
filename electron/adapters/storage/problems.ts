import { errnoOf } from '../../core/ports/errno.ts';
import type { FileProblem } from '../../core/ports/readings.ts';

/** What a failed system call on a file or other entry means to a person; `errno` names the error. */
export function entryProblem(error: unknown): FileProblem {
  const errno = errnoOf(error) ?? String(error);
  switch (errno) {
    case 'ENOENT':
    case 'ESTALE':
    case 'ENOTDIR':
      return { code: 'vanished', errno };
    case 'ENAMETOOLONG':
      return { code: 'path_too_long' };
    case 'EACCES':
    case 'EPERM':
      return { code: 'unreadable', errno };
    default:
      return { code: 'io_error', errno };
  }
}

/** The same for a folder whose listing failed, at its beginning or on the way. */
export function folderProblem(error: unknown): FileProblem {
  const problem = entryProblem(error);
  if (problem.code === 'vanished' || problem.code === 'path_too_long') return problem;
  return { ...problem, code: 'folder_unreadable' };
}
