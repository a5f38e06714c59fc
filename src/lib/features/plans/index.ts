export { openDutiesIn, type OpenDuty } from './model/openDuties.ts';
export { openTasksOf, reassignTasks, type OpenTask } from './model/openTasks.ts';
export { planKind } from './model/planKind.ts';
export { readPlan } from './model/readPlan.ts';
export type { Plan, PlanSection, Task, TaskId } from './model/plan.ts';
export type { PlanSummary } from './model/planOutline.ts';
export type { Person, People } from './ui/people.ts';
