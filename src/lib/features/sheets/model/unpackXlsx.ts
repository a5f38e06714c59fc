/**
 * Takes the parts of an `.xlsx` that hold cells out of its ZIP, under caps, and packs them again
 * without compression for the library. So nothing it does can unpack to more than what was counted
 * here, and pictures, macros and links to other files never reach it.
 */
import { unzipSync, zipSync } from 'fflate';
import { err, ok, type Result } from '$lib/base/result.ts';
import { maxUnpackedBytes, type WorkbookFault } from './workbook.ts';

const wanted =
	/^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:_rels\/)?workbook\d*\.xml(?:\.rels)?|xl\/(?:sharedStrings|styles)\d*\.xml|xl\/worksheets\/[^/]+\.xml)$/i;

export function unpackXlsx(bytes: Uint8Array): Result<Uint8Array, WorkbookFault> {
	let total = 0;
	let isWorkbook = false;
	try {
		// The size stated in the archive also bounds what the inflater may write.
		const parts = unzipSync(bytes, {
			filter: ({ name, originalSize }) => {
				if (!wanted.test(name)) return false;
				isWorkbook ||= name.toLowerCase().startsWith('xl/workbook');
				total += originalSize;
				return total <= maxUnpackedBytes;
			}
		});
		if (total > maxUnpackedBytes) return err('too-large');
		return isWorkbook ? ok(zipSync(parts, { level: 0 })) : err('unknown-format');
	} catch {
		return err('damaged');
	}
}
