/**
 * Whether this device has any network at all, as the browser tells it. Whether the relay can be
 * reached is another question, and the session's to answer.
 */
export { online } from 'svelte/reactivity/window';
