/** What a problem that comes from elsewhere can be given: level, and where else it was heard. */
import { problemLevels, problemSources } from '../model/rows/fields.ts';
import { choiceLabel } from './ledgerWords.ts';

interface Choice {
	readonly value: string;
	readonly label: string;
}

const choices = (field: string, values: readonly string[]): Choice[] =>
	values.map((value) => ({ value, label: choiceLabel(field, value) }));

export const problemGateChoices = (): { levels: Choice[]; sources: Choice[] } => ({
	levels: choices('level', problemLevels),
	sources: choices(
		'sources',
		problemSources.filter((source) => source !== 'talk')
	)
});
