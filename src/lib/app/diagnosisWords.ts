/** The words 诊断 has for what it finds: one for each state, alarm and reason. */
import { m } from '$lib/paraglide/messages.js';

export const alarms = {
	forged: m.diagnosis_alarm_forged,
	forked: m.diagnosis_alarm_forked,
	behind: m.diagnosis_alarm_behind,
	hidden: m.diagnosis_alarm_hidden
} as const;

/** By EntryRefusal and KeysRefusal; a later version may have more. */
export const refusals: Record<string, () => string> = {
	malformed: m.diagnosis_refusal_malformed,
	'unknown-format': m.diagnosis_refusal_unknown_format,
	'unknown-author': m.diagnosis_refusal_unknown_author,
	'not-a-writer': m.diagnosis_refusal_not_a_writer,
	'retired-author': m.diagnosis_refusal_retired_author,
	'not-in-circle': m.diagnosis_refusal_not_in_circle,
	'stale-epoch': m.diagnosis_refusal_stale_epoch,
	'unknown-epoch': m.diagnosis_refusal_unknown_epoch,
	'bad-signature': m.diagnosis_refusal_bad_signature,
	'bad-ciphertext': m.diagnosis_refusal_bad_ciphertext,
	'bad-content': m.diagnosis_refusal_bad_content,
	'bad-update': m.diagnosis_refusal_bad_update,
	'malformed-keys': m.diagnosis_refusal_malformed_keys,
	'other-room': m.diagnosis_refusal_other_room,
	'not-the-creators-room': m.diagnosis_refusal_not_the_creators_room,
	'not-the-creators-word': m.diagnosis_refusal_not_the_creators_word
};

export const connections = {
	online: m.diagnosis_connection_online,
	connecting: m.diagnosis_connection_connecting,
	offline: m.diagnosis_connection_offline,
	refused: m.diagnosis_connection_refused
} as const;

export const roles = {
	secretary: m.diagnosis_role_secretary,
	officer: m.diagnosis_role_officer,
	observer: m.diagnosis_role_observer
} as const;

export const deviceStates = {
	active: m.diagnosis_device_active,
	pending: m.diagnosis_device_pending,
	retired: m.diagnosis_device_retired
} as const;

export const workers = {
	active: m.diagnosis_worker_active,
	waiting: m.diagnosis_worker_waiting,
	installing: m.diagnosis_worker_installing,
	none: m.diagnosis_worker_none,
	unsupported: m.diagnosis_worker_unsupported
} as const;
