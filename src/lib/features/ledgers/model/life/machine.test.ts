import { describe, expect, it } from 'vitest';
import { eventTypes } from './lifeEvent.ts';
import { actionsOf, stepOf, type LifeMachine } from './machine.ts';
import { opinionMachine } from './opinionMachine.ts';
import { problemMachine } from './problemMachine.ts';

const offered = (machine: LifeMachine): Record<string, string> =>
	Object.fromEntries(
		machine.statuses.map((status) => [
			status,
			actionsOf(machine, status)
				.filter((type) => type !== 'settle')
				.map((type) => `${type}→${stepOf(machine, type)!.to ?? 'same'}`)
				.join(' ')
		])
	);

describe('machines', () => {
	it('LF27 a problem goes the way of the domain', () => {
		expect(offered(problemMachine)).toEqual({
			draft: 'submit→toVerify',
			toVerify: 'confirm→toRectify reject→rejected merge→merged extend→same',
			toRectify: 'merge→merged start→rectifying extend→same',
			rectifying: 'apply→toAccept longTerm→longTerm extend→same',
			toAccept: 'accept→closed return→rectifying longTerm→longTerm extend→same',
			closed: 'reopen→rectifying recheck→same',
			longTerm: 'apply→toAccept review→same extend→same',
			rejected: 'resume→toVerify',
			merged: ''
		});
	});

	it('LF28 an opinion goes the way of the domain', () => {
		expect(offered(opinionMachine)).toEqual({
			new: 'take→inHand merge→merged decline→declined transfer→transferred toProblem→inHand extend→same',
			merged: '',
			inHand:
				'merge→merged finish→done decline→declined transfer→transferred toProblem→inHand extend→same',
			done: 'reply→replied reopen→inHand',
			replied: 'reopen→inHand',
			declined: 'reopen→inHand',
			transferred: 'reopen→inHand'
		});
	});

	it.each([
		['LF27 a problem', problemMachine, ['accept'], ['return', 'reopen']],
		['LF28 an opinion', opinionMachine, ['finish', 'reply', 'decline', 'transfer'], ['reopen']]
	] as const)(
		'%s says what ends it and what speaks against an end',
		(_, machine, closing, doubts) => {
			const those = (mark: 'closing' | 'doubt') =>
				eventTypes.filter((type) => stepOf(machine, type)?.[mark]);
			expect(those('closing')).toEqual(closing);
			expect(those('doubt')).toEqual(doubts);
			for (const type of closing) expect(machine.finished).toContain(stepOf(machine, type)!.to);
		}
	);
});
