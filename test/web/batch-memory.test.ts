import { describe, expect, it } from 'vitest';

import { taskSubject } from '../../src/subject/task-subject.ts';
import { UserError } from '../../src/support/user-error.ts';
import { taskNamed, tasks } from '../../tasks/tasks.ts';
import { requireMemory } from '../../web/laboratory/batch-memory.ts';

const programOf = (task: string) => taskSubject(taskNamed(task)).program();

describe('the memory of a batch', () => {
  it('is enough for every task at the points that the page begins with', () => {
    for (const { name } of tasks) {
      expect(() => {
        requireMemory(programOf(name), { jacobians: 6, batch: 4096 });
      }, name).not.toThrow();
    }
  });

  it('is 256 MiB of inputs and Jacobians', () => {
    // RoeFlux_1d: 6 inputs and 3 × 6 entries, 4 bytes each.
    const most = Math.floor(2 ** 28 / (4 * 24));
    const program = programOf('RoeFlux_1d');
    expect(() => {
      requireMemory(program, { jacobians: 1, batch: most });
    }).not.toThrow();
    expect(() => {
      requireMemory(program, { jacobians: 1, batch: most + 1 });
    }).toThrow(UserError);
    expect(() => {
      requireMemory(program, { jacobians: 2, batch: most });
    }).toThrow(/take fewer points/);
  });
});
