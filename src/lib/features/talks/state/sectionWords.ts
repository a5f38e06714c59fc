/** What the parts of a record are called. */
import { m } from '$lib/paraglide/messages.js';
import type { SectionId } from '../model/record/sections.ts';

export const sectionName = (id: SectionId): string => m[`talks_section_${id}`]();
