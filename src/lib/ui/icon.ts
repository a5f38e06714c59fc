import type Circle from 'lucide-svelte/icons/circle';

/**
 * What `import Check from 'lucide-svelte/icons/check'` gives; all icons have the type of this one.
 * The package's own `Icon` would bring the declarations of all its icons, 3,600 files, into every
 * check of types.
 */
export type IconComponent = typeof Circle;
