/**
 * 诊断 in words: lines under headings, for the screen and, as plain text, for copying. It is given
 * numbers and public ids only, so that no name and no secret can stand in what a person sends on.
 */
import type { DiagnosedDevice, Diagnosis } from '$lib/core/diagnosis.ts';
import { m } from '$lib/paraglide/messages.js';
import type { DiagnosedBrowser } from './diagnosedBrowser.ts';
import { alarms, connections, deviceStates, refusals, roles, workers } from './diagnosisWords.ts';

export interface DiagnosisLine {
	readonly label: string;
	/** Stands for the label in the plain text, for whoever looks it up in the code. */
	readonly code?: string;
	readonly value: string;
	/** Something a person may want to do something about, in a sentence. */
	readonly hint?: string;
	readonly tone?: 'ok' | 'warning';
}

export interface DiagnosisSection {
	readonly title: string;
	readonly lines: readonly DiagnosisLine[];
}

/** How figures are written where the page is read. */
export interface DiagnosisFormat {
	readonly time: (ms: number) => string;
	readonly bytes: (bytes: number) => string;
}

const SHORT_ID = 8;
/** A clock that is further off makes a page show wrong days; the relay's is used for proofs. */
const CLOCK_OFF_MS = 60_000;

const warning = (isWarning: boolean, hint: () => string): Partial<DiagnosisLine> =>
	isWarning ? { hint: hint(), tone: 'warning' } : {};

function clockText(offsetMs: number): string {
	const seconds = Math.round(Math.abs(offsetMs) / 1000);
	if (seconds === 0) return m.diagnosis_clock_same();
	return offsetMs > 0 ? m.diagnosis_clock_slow({ seconds }) : m.diagnosis_clock_fast({ seconds });
}

function relayLines({ relay }: Diagnosis): DiagnosisLine[] {
	const { connection, reachable, roundTripMs, clockOffsetMs, protocol, commit } = relay;
	return [
		{
			label: m.diagnosis_relay_connection(),
			value: connections[connection](),
			...warning(connection === 'refused', m.diagnosis_connection_refused_hint),
			...(connection === 'online' ? { tone: 'ok' } : {})
		},
		{
			label: m.diagnosis_relay_answers(),
			value:
				reachable && roundTripMs !== null
					? m.diagnosis_relay_answers_in({ ms: Math.round(roundTripMs) })
					: m.diagnosis_relay_no_answer(),
			...warning(!reachable, m.diagnosis_relay_unreachable_hint)
		},
		...(clockOffsetMs === null
			? []
			: [
					{
						label: m.diagnosis_clock(),
						value: clockText(clockOffsetMs),
						...warning(Math.abs(clockOffsetMs) > CLOCK_OFF_MS, m.diagnosis_clock_hint)
					}
				]),
		{ label: m.diagnosis_relay_protocol(), value: protocol ?? m.diagnosis_unknown() },
		{
			label: m.diagnosis_relay_commit(),
			value: commit === null ? m.diagnosis_unknown() : String(commit)
		}
	];
}

function rosterLines({ roster, epochs }: Diagnosis): DiagnosisLine[] {
	const missing = epochs.newest - epochs.held.length;
	return [
		{
			label: m.diagnosis_roster_length(),
			value: m.diagnosis_roster_length_value({ count: roster.length, head: roster.head })
		},
		{
			label: m.diagnosis_roster_alarm(),
			value: roster.alarm ? m.diagnosis_roster_alarm_yes() : m.diagnosis_roster_alarm_no(),
			...(roster.alarm ? warning(true, alarms[roster.alarm]) : { tone: 'ok' })
		},
		{
			label: m.diagnosis_epochs(),
			value: m.diagnosis_epochs_value({
				newest: epochs.newest,
				held: epochs.held.join(m.ui_list_separator()) || m.diagnosis_none()
			}),
			...warning(missing > 0, m.diagnosis_epochs_missing)
		},
		...(roster.rotationDue
			? [
					{
						label: m.diagnosis_rotation(),
						value: m.diagnosis_rotation_due(),
						...warning(true, m.diagnosis_rotation_hint)
					}
				]
			: [])
	];
}

function roomLines({ rooms, waiting }: Diagnosis): DiagnosisLine[] {
	return [
		{ label: m.diagnosis_rooms_stored(), value: String(rooms.stored) },
		{ label: m.diagnosis_rooms_circles(), value: String(rooms.circles) },
		{ label: m.diagnosis_rooms_open(), value: String(rooms.open) },
		{
			label: m.diagnosis_rooms_unsent(),
			value: String(rooms.unsent),
			...(rooms.unsent > 0 ? { hint: m.diagnosis_rooms_unsent_hint() } : {})
		},
		{
			label: m.diagnosis_waiting(),
			value: String(waiting),
			...(waiting > 0 ? { hint: m.diagnosis_waiting_hint() } : {})
		}
	];
}

function refusalLines(found: Diagnosis['refusals']): DiagnosisLine[] {
	const counted = Object.entries(found).filter(([, count]) => count > 0);
	if (counted.length === 0)
		return [{ label: m.diagnosis_refusals_label(), value: m.diagnosis_none(), tone: 'ok' }];
	return counted.map(([reason, count]) => ({
		label: (refusals[reason] ?? m.diagnosis_refusal_other)(),
		code: reason,
		value: m.diagnosis_refusals_count({ count }),
		tone: 'warning'
	}));
}

export function diagnosedDeviceLine(
	device: DiagnosedDevice,
	{ time }: DiagnosisFormat
): DiagnosisLine {
	const { role, state, isThis, holdsCommit, seenAtMs } = device;
	const parts = [
		isThis ? m.diagnosis_device_this() : '',
		roles[role](),
		deviceStates[state](),
		seenAtMs === null ? '' : m.diagnosis_device_seen({ time: time(seenAtMs) }),
		holdsCommit === null ? '' : m.diagnosis_device_holds({ commit: holdsCommit })
	];
	return { label: device.device.slice(0, SHORT_ID), value: parts.filter(Boolean).join(' · ') };
}

function storageLines({ storage }: DiagnosedBrowser, { bytes }: DiagnosisFormat): DiagnosisLine[] {
	if (!storage) return [{ label: m.diagnosis_storage_used(), value: m.diagnosis_unknown() }];
	return [
		{
			label: m.diagnosis_storage_used(),
			value: m.diagnosis_storage_used_value({
				used: bytes(storage.usedBytes),
				quota: bytes(storage.quotaBytes)
			})
		},
		{
			label: m.diagnosis_storage_kept(),
			value: storage.isKept ? m.diagnosis_storage_kept_yes() : m.diagnosis_storage_kept_no(),
			...(storage.isKept ? { tone: 'ok' } : warning(true, m.diagnosis_storage_kept_hint))
		}
	];
}

const browserLines = (browser: DiagnosedBrowser, { time }: DiagnosisFormat): DiagnosisLine[] => [
	{ label: m.diagnosis_browser(), value: browser.label },
	{ label: m.diagnosis_user_agent(), value: browser.userAgent },
	{ label: m.diagnosis_language(), value: browser.language },
	{
		label: m.diagnosis_installed(),
		value: browser.isInstalled ? m.diagnosis_installed_yes() : m.diagnosis_installed_no()
	},
	{
		label: m.diagnosis_network(),
		value: browser.isOnline ? m.diagnosis_network_yes() : m.diagnosis_network_no()
	},
	{
		label: m.diagnosis_app_version(),
		value: Number.isFinite(browser.appBuiltAtMs)
			? time(browser.appBuiltAtMs)
			: m.diagnosis_unknown()
	},
	{ label: m.diagnosis_worker(), value: workers[browser.serviceWorker]() }
];

export const diagnosisSections = (
	diagnosis: Diagnosis,
	browser: DiagnosedBrowser,
	format: DiagnosisFormat
): DiagnosisSection[] => [
	{ title: m.diagnosis_section_relay(), lines: relayLines(diagnosis) },
	{ title: m.diagnosis_section_roster(), lines: rosterLines(diagnosis) },
	{ title: m.diagnosis_section_rooms(), lines: roomLines(diagnosis) },
	{ title: m.diagnosis_section_refusals(), lines: refusalLines(diagnosis.refusals) },
	{
		title: m.diagnosis_section_devices(),
		lines: diagnosis.devices.map((device) => diagnosedDeviceLine(device, format))
	},
	{ title: m.diagnosis_section_storage(), lines: storageLines(browser, format) },
	{ title: m.diagnosis_section_browser(), lines: browserLines(browser, format) }
];

/** The same as plain text, with when it was made and a short id of the workspace. */
export function diagnosisText(
	diagnosis: Diagnosis,
	browser: DiagnosedBrowser,
	format: DiagnosisFormat
): string {
	const { workspace, madeAtMs } = diagnosis;
	const head = m.diagnosis_text_head({
		time: format.time(madeAtMs),
		workspace: workspace.slice(0, SHORT_ID)
	});
	const blocks = diagnosisSections(diagnosis, browser, format).map(({ title, lines }) =>
		[`[${title}]`, ...lines.map(({ label, code, value }) => `${code ?? label}: ${value}`)].join(
			'\n'
		)
	);
	return [head, ...blocks].join('\n\n') + '\n';
}
