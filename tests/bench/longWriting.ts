/**
 * An afternoon's writing in one page: what a letter costs at the start, and thousands of letters
 * later, when the store has as many updates more.
 */
import { pasteRegister } from '../e2e/branch.ts';
import { section, startTalk } from '../e2e/talks.ts';
import { withDesk } from './appWithPeople.ts';
import { inMs, printFigures, type Figure } from './measure.ts';
import { heldRooms, workDuring } from './talkProbes.ts';

const ROUNDS = 8;
const LETTERS = 400;
const GAP_MS = 40;
const QUIET_MS = 1_500;

const letters = (count: number) => '谈心谈话要讲真话讲实情'.repeat(count).slice(0, count);

await withDesk(async (desk) => {
	const person = await desk.found();
	await pasteRegister(person);
	const { page } = person;
	await startTalk(page, '潘国栋');
	const figures: Figure[] = [];
	for (let round = 1; round <= ROUNDS; round++) {
		await section(page, '谈工作').click();
		await page.keyboard.press('ControlOrMeta+a');
		const write = () => page.keyboard.type(letters(LETTERS), { delay: GAP_MS });
		const { workMs } = await workDuring(page, write, QUIET_MS);
		const { updates } = await heldRooms(page);
		figures.push({
			what: `letters ${(round - 1) * LETTERS + 1}–${round * LETTERS}`,
			figure: `${inMs(workMs / LETTERS)} of work a letter; ${updates} updates in the store`
		});
	}
	printFigures('writing for long', figures);
});
