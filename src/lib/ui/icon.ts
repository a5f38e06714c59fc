import type { Icon } from 'lucide-svelte';

/** What `import Check from 'lucide-svelte/icons/check'` gives. */
export type IconComponent = typeof Icon;
