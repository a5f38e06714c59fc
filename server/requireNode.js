/** The relay uses node:sqlite and runs TypeScript unbuilt: both need a recent Node. */
const NEEDED = [22, 18];

export function requireNode() {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
	process.stderr.write(
		`Tongxin needs Node ${NEEDED.join('.')} or newer; this is ${process.versions.node}.\n` +
			'On Linux x64 "npm install" brings one along: start with "npm start", not with "node".\n' +
			'Elsewhere install a current Node (https://nodejs.org) and try again.\n'
	);
	process.exit(1);
}
