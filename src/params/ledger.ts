/** The three ledgers that have a table of their own. */
export const match = (name: string): name is 'opinions' | 'problems' | 'rectification' =>
	['opinions', 'problems', 'rectification'].includes(name);
