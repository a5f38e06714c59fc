/** What the screens of this feature call things. */
import type { AdministrationFault, PersonDevice } from '$lib/core/roster/administration.ts';
import type { Role } from '$lib/protocol/roster/rosterRecord.ts';
import { m } from '$lib/paraglide/messages.js';
import { locale } from '$lib/state/locale.svelte.ts';
import { tellApart } from '$lib/ui/tellApart.ts';
import type { BranchPerson } from '../model/branchPeople.ts';
import type { MemberField, PartyStatus, WorkStatus } from '../model/member.ts';

const roleWords: Record<Role, () => string> = {
	secretary: m.members_role_secretary,
	officer: m.members_role_officer,
	observer: m.members_role_observer
};
export const roleWord = (role: Role): string => roleWords[role]();

/** For a choice: with what the role allows. */
export const roleOptions = (): { value: Role; label: string }[] => [
	{ value: 'secretary', label: m.members_invite_role_secretary() },
	{ value: 'officer', label: m.members_invite_role_officer() },
	{ value: 'observer', label: m.members_invite_role_observer() }
];

export const rightsWord = (role: Role, restricted: boolean): string =>
	restricted && role !== 'secretary'
		? m.members_rights_restricted({ role: roleWord(role) })
		: roleWord(role);

const faultWords: Record<AdministrationFault, () => string> = {
	offline: m.members_fault_offline,
	'not-allowed': m.members_fault_not_allowed,
	'last-secretary': m.members_fault_last_secretary,
	refused: m.members_fault_refused
};
export const faultWord = (fault: AdministrationFault): string => faultWords[fault]();

/** Where something has been done before it: not that nothing has changed. */
export const laterFaultWord = (fault: AdministrationFault): string =>
	fault === 'offline' ? m.members_fault_offline_partly() : faultWord(fault);

const fieldWords: Record<MemberField, () => string> = {
	name: m.members_field_name,
	posts: m.members_field_posts,
	adminPosts: m.members_field_admin_posts,
	partyStatus: m.members_field_party_status,
	group: m.members_field_group,
	leadTeam: m.members_field_lead_team,
	principal: m.members_field_principal,
	businessArea: m.members_field_business_area,
	workStatus: m.members_field_work_status,
	active: m.members_field_active,
	joinedOn: m.members_field_joined_on,
	birthYM: m.members_field_birth
};
export const fieldWord = (field: MemberField): string => fieldWords[field]();

const partyStatusWords: Record<PartyStatus, () => string> = {
	正式党员: m.members_status_full,
	预备党员: m.members_status_probationary,
	发展对象: m.members_status_candidate,
	入党积极分子: m.members_status_applicant,
	非党员: m.members_status_none
};
export const partyStatusWord = (status: PartyStatus): string => partyStatusWords[status]();

const workStatusWords: Record<WorkStatus, () => string> = {
	在职: m.members_work_active,
	退休: m.members_work_retired,
	借调: m.members_work_seconded,
	外出: m.members_work_away
};
export const workStatusWord = (status: WorkStatus): string => workStatusWords[status]();

export const timeWord = (ms: number): string =>
	new Date(ms).toLocaleString(locale.current, { dateStyle: 'medium', timeStyle: 'short' });
export const clockWord = (ms: number): string =>
	new Date(ms).toLocaleTimeString(locale.current, { timeStyle: 'short' });

/** When a device was last known to be connected. */
export function seenWord({ online, seenAtMs }: Pick<PersonDevice, 'online' | 'seenAtMs'>): string {
	if (online) return m.members_device_online();
	return seenAtMs === null
		? m.members_device_unseen()
		: m.members_device_seen({ time: timeWord(seenAtMs) });
}

/** 设备 1 where an older version gave it no name; equal names are numbered. */
export function deviceNames(devices: readonly Pick<PersonDevice, 'label'>[]): string[] {
	const labels = devices.map(
		({ label }, at) => label || m.members_device_number({ number: at + 1 })
	);
	return labels.map((label, at) => {
		if (labels.indexOf(label) === labels.lastIndexOf(label)) return label;
		const number = labels.slice(0, at + 1).filter((other) => other === label).length;
		return m.members_device_same({ label, number });
	});
}

/** As the diagnosis names it. */
export const shortId = (device: PersonDevice['device']): string => device.slice(0, 8);

export const joinNames = (names: readonly string[]): string => names.join(m.ui_list_separator());

const namedWith = (name: string, words: readonly string[]): string =>
	words.length > 0 ? m.members_name_posts({ name, posts: joinNames(words) }) : name;

/** For a choice of people; `wordsOf` stands beside every name, more where that leaves two alike. */
export function personOptions(
	people: readonly BranchPerson[],
	wordsOf: (person: BranchPerson) => readonly string[] = () => []
): { value: BranchPerson['id']; label: string }[] {
	const apart = tellApart(
		people.map((person) => ({
			name: namedWith(person.name, wordsOf(person)),
			details: detailsOf(person).filter((detail) => !wordsOf(person).includes(detail))
		}))
	);
	return people.map((person, at) => {
		const detail = apart[at];
		const words = [...wordsOf(person), ...(detail ? [detail] : [])];
		return { value: person.id, label: namedWith(person.name, words) };
	});
}

/** What tells people of one name apart, the best first. */
const detailsOf = ({ posts, member }: BranchPerson): string[] => [
	...posts,
	...(member ? [member.group, ...member.adminPosts, member.birthYM ?? ''] : [])
];
