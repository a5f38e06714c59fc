/** What a problem from elsewhere can be given, and what is looked at before it is handed over. */
import { problemLevels, problemSources } from '../model/rows/fields.ts';
import { batchChecks } from './batchChecks.ts';
import { choiceLabel } from './ledgerWords.ts';

interface Choice {
	readonly value: string;
	readonly label: string;
}

const choices = (field: string, values: readonly string[]): Choice[] =>
	values.map((value) => ({ value, label: choiceLabel(field, value) }));

export const problemGateChoices = (): {
	checks: string[];
	levels: Choice[];
	sources: Choice[];
} => ({
	checks: batchChecks(),
	levels: choices('level', problemLevels),
	sources: choices(
		'sources',
		problemSources.filter((source) => source !== 'talk')
	)
});
