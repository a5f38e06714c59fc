/** What can be told of an OLE container without taking it apart. */

const OLE = [0xd0, 0xcf, 0x11, 0xe0];
export const isOle = (bytes: Uint8Array): boolean => OLE.every((byte, at) => bytes[at] === byte);

/** An OLE container's streams begin at multiples of this. */
const SECTOR_BYTES = 512;
/** The first record of a BIFF8 workbook: its type, its length, the version and "globals". */
const WORKBOOK_BEGIN = [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00];
const BEGIN_RECORD_BYTES = 20;
const FILE_PASS = 0x2f;
const WRITE_PROTECT = 0x86;

/** A new workbook wrapped in encryption, or an old one whose records are scrambled. */
export function isEncrypted(bytes: Uint8Array): boolean {
	return holdsUtf16(bytes, 'EncryptedPackage') || hasFilePass(bytes);
}

function hasFilePass(bytes: Uint8Array): boolean {
	for (let at = 0; at + BEGIN_RECORD_BYTES + 8 < bytes.length; at += SECTOR_BYTES) {
		if (!WORKBOOK_BEGIN.every((byte, i) => bytes[at + i] === byte)) continue;
		const next = at + BEGIN_RECORD_BYTES;
		const record = bytes[next] === WRITE_PROTECT && bytes[next + 1] === 0 ? next + 4 : next;
		if (bytes[record] === FILE_PASS && bytes[record + 1] === 0) return true;
	}
	return false;
}

/** Names of streams stand in the container's directory, two bytes a character. */
function holdsUtf16(bytes: Uint8Array, name: string): boolean {
	const first = name.charCodeAt(0);
	for (let at = bytes.indexOf(first); at !== -1; at = bytes.indexOf(first, at + 1)) {
		let length = 1;
		while (
			length < name.length &&
			bytes[at + length * 2] === name.charCodeAt(length) &&
			bytes[at + length * 2 + 1] === 0
		)
			length++;
		if (length === name.length) return true;
	}
	return false;
}
