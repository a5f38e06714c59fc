/**
 * The layers of docs/architecture.md as an ESLint rule: what a file may import, and where the code
 * should go instead.
 */
import { relative, sep } from 'node:path';
import { findCycle, resolveOwn } from './importGraph.js';

/** Features below the ones that come later may not know them. */
const featureRanks = {
	members: 0,
	attachments: 0,
	sheets: 0,
	plans: 1,
	meetings: 1,
	talks: 1,
	ledgers: 1,
	today: 2,
	calendar: 2,
	search: 2,
	exchange: 2,
	history: 2
};

const packagesOf = {
	base: [],
	protocol: ['lib0', 'zod'],
	core: [
		'lib0',
		'zod',
		'yjs',
		'y-websocket',
		'y-protocols',
		'dexie',
		'y-dexie',
		'@noble',
		'@scure',
		'fflate',
		'age-encryption'
	],
	'feature model': ['yjs', 'zod', 'opencc-js', 'fflate', 'hucre', 'docx', 'diff'],
	state: ['svelte', 'yjs', 'zod'],
	ui: ['svelte', 'lucide-svelte', '@tanstack/virtual-core'],
	'feature state': ['svelte', 'yjs', 'zod'],
	'feature ui': ['svelte', 'lucide-svelte', 'uqr', 'yjs', '@tiptap'],
	server: ['ws', 'sirv', 'jose', 'lib0', 'zod', 'node:']
};

const ownOf = {
	base: ['base'],
	protocol: ['base', 'protocol'],
	core: ['base', 'protocol', 'core'],
	'feature model': ['base', 'core', 'feature model'],
	state: ['base', 'core', 'state', 'ui', 'messages'],
	ui: ['base', 'ui', 'messages'],
	'feature state': [
		'base',
		'protocol',
		'core',
		'feature model',
		'feature state',
		'state',
		'messages'
	],
	'feature ui': [
		'base',
		'protocol',
		'core',
		'feature model',
		'feature state',
		'feature ui',
		'state',
		'ui',
		'messages'
	],
	app: ['base', 'protocol', 'core', 'feature index', 'state', 'ui', 'app', 'messages'],
	routes: ['app', 'feature index', 'feature ui', 'ui', 'state', 'messages', 'core', 'base'],
	server: ['base', 'protocol', 'server']
};

const advice = {
	base: 'base stands on nothing: pass what it needs in as an argument.',
	protocol:
		'what both sides of the wire share may use base, lib0 and zod; device code belongs in src/lib/core.',
	core: 'core knows no Svelte and no feature: give it a callback, or move this to src/lib/state or to the feature.',
	'feature model':
		"a model is pure: put runes into the feature's state/, elements into its ui/, storage into core.",
	state: 'state bridges core to runes: feature code belongs in src/lib/features/<feature>/state.',
	ui: "the design system knows no feature and no core: pass values as props, or put the component into the feature's ui/.",
	'feature state':
		'take colours and elements to ui/, storage to core; another feature is reached through its index.ts.',
	'feature ui': 'reach another feature through its index.ts, and only one of a lower rank.',
	app: 'app composes: it reaches a feature through its index.ts.',
	routes:
		"a route is thin: take a screen from the feature's ui/ by its file, so that no page loads every screen; move other code to src/lib/app.",
	server:
		'the relay is blind: it shares base and protocol with the device, nothing else; yjs only in server/rooms.'
};

function placeOf(path) {
	const parts = path.split(sep);
	if (parts[0] === 'server') return { layer: 'server', folder: parts[1] };
	if (parts[0] !== 'src') return null;
	if (parts[1] === 'routes' || parts[1] === 'service-worker.ts') return { layer: 'routes' };
	if (parts[1] !== 'lib') return null;
	if (parts[2] === 'paraglide') return { layer: 'messages' };
	if (parts[2] !== 'features') return { layer: parts[2] };
	const [feature, part] = [parts[3], parts[4]];
	return { layer: `feature ${part.replace('.ts', '')}`, feature };
}

function faultOfOwn(from, to) {
	if (!to)
		return `only modules under src/lib${from.layer === 'server' ? ' and server' : ''} may be imported here.`;
	if (from.feature && to.feature && from.feature !== to.feature) {
		if (to.layer !== 'feature index')
			return `reach the feature "${to.feature}" through its index.ts.`;
		if (!(featureRanks[from.feature] > featureRanks[to.feature]))
			return `"${from.feature}" does not rank above "${to.feature}": hand the value in from src/lib/app, or move what both need down.`;
		return null;
	}
	if (
		from.layer === 'feature index' ||
		from.layer === 'feature screens' ||
		(from.feature && to.layer === 'feature index')
	)
		return null;
	return ownOf[from.layer]?.includes(to.layer) ? null : (advice[from.layer] ?? null);
}

function faultOfPackage(from, name) {
	if (name.startsWith('$app/') || name === '$service-worker')
		return ['app', 'routes'].includes(from.layer)
			? null
			: 'what SvelteKit gives belongs to src/lib/app and the routes.';
	const allowed = packagesOf[from.layer];
	if (!allowed) return null;
	const isAllowed = allowed.some(
		(one) => name === one || name.startsWith(one.endsWith(':') ? one : `${one}/`)
	);
	if (isAllowed) return null;
	if (from.layer === 'server' && name === 'yjs' && from.folder === 'rooms') return null;
	if (from.layer === 'server' && name.startsWith('y-protocols') && from.folder === 'rooms')
		return null;
	return `"${name}" may not be used here: ${advice[from.layer]}`;
}

const isTest = (path) => /\.(test|spec)\.ts$|Contract\.ts$|[\\/]fixtures[\\/]/.test(path);

const layers = {
	meta: { type: 'problem', schema: [], messages: { wrong: '{{why}}' } },
	create(context) {
		const root = context.cwd;
		const path = relative(root, context.filename);
		const from = placeOf(path);
		if (!from || isTest(path)) return {};
		function check(node) {
			const specifier = node.source?.value;
			if (typeof specifier !== 'string') return;
			const target =
				specifier.startsWith('.') || specifier.startsWith('$lib/')
					? (resolveOwn(specifier, context.filename, root) ?? undefined)
					: null;
			// Generated or not there: the type checker says so.
			if (target === undefined) return;
			const why = target
				? faultOfOwn(from, placeOf(relative(root, target)))
				: faultOfPackage(from, specifier);
			if (why) context.report({ node, messageId: 'wrong', data: { why } });
		}
		return {
			ImportDeclaration: check,
			ExportNamedDeclaration: check,
			ExportAllDeclaration: check,
			ImportExpression: check
		};
	}
};

const noCycles = {
	meta: { type: 'problem', schema: [], messages: { cycle: 'import cycle: {{path}}' } },
	create(context) {
		const root = context.cwd;
		return {
			ImportDeclaration(node) {
				if (node.importKind === 'type') return;
				const target = resolveOwn(node.source.value, context.filename, root);
				const cycle = target && findCycle(context.filename, target, root);
				if (cycle)
					context.report({
						node,
						messageId: 'cycle',
						data: { path: cycle.map((file) => relative(root, file)).join(' → ') }
					});
			}
		};
	}
};

export default { rules: { layers, 'no-cycles': noCycles } };
