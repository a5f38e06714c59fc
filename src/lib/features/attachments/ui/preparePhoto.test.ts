import { expect, it } from 'vitest';
import { fittedSize, jpegName, preparePhoto } from './preparePhoto.ts';

it('fits a picture into a square without making it larger or flat', () => {
	expect(fittedSize(4_000, 3_000, 2_000)).toEqual({ width: 2_000, height: 1_500 });
	expect(fittedSize(300, 4_000, 2_000)).toEqual({ width: 150, height: 2_000 });
	expect(fittedSize(800, 600, 2_000)).toEqual({ width: 800, height: 600 });
	expect(fittedSize(1, 9_000, 240)).toEqual({ width: 1, height: 240 });
});

it('names what it has drawn anew for what it is', () => {
	expect(jpegName('IMG_2023.HEIC')).toBe('IMG_2023.jpg');
	expect(jpegName('整改前')).toBe('整改前.jpg');
	expect(jpegName('3.15 会议')).toBe('3.15 会议.jpg');
});

it('leaves a file that is no picture as it is', async () => {
	for (const type of ['application/pdf', 'image/svg+xml', '']) {
		const file = new File(['<svg/>'], 'plan.svg', { type });
		const meta = { name: 'plan.svg', mime: type, kind: 'file' };
		expect(await preparePhoto(file)).toEqual({ file, meta });
	}
});
