/** What the screens may do about people and devices, on top of the chain and of this device's keys. */
import { bytesToBase64Url } from '$lib/base/bytes.ts';
import type { DeviceId, MemberId } from '$lib/base/ids.ts';
import { createSource, type Observable } from '$lib/base/observable.ts';
import { err, ok, type Result } from '$lib/base/result.ts';
import { devicesOf, isActive, type Roster } from '$lib/protocol/roster/roster.ts';
import type { DeviceKeys } from '../keys/deviceKeys.ts';
import {
	createInvitationSecret,
	deriveInvitationKeys,
	invitationLink
} from '../keys/invitation.ts';
import { createKit, kitFromIdentity, kitLink, workspaceCode, type Kit } from '../recovery/kit.ts';
import { kitWords } from '../recovery/kitWords.ts';
import type {
	Administration,
	AdministrationFault,
	InvitationRequest,
	KitPaper,
	KitState,
	NewInvitation,
	PendingPerson
} from './administration.ts';
import {
	admitRecord,
	inviteRecord,
	kitRecord,
	retireRecord,
	revokeRecord,
	roleRecord,
	rotateRecord
} from './rosterActs.ts';
import {
	readInvitations,
	readPending,
	readPendingProfile,
	createProfileBook,
	readPeople,
	type Sightings
} from './readPeople.ts';
import type { DraftRecord, Plan, RosterWriter } from './rosterWriter.ts';

/** This device's keys, as they change: epochs arrive, the kit is printed. */
export interface OwnKeys {
	readonly keys: Observable<DeviceKeys>;
	/** Stored before it shows. */
	change(change: (keys: DeviceKeys) => DeviceKeys): Promise<void>;
}

export interface AdministrationOptions {
	readonly origin: string;
	readonly own: OwnKeys;
	readonly roster: Observable<Roster>;
	readonly writer: RosterWriter;
	readonly sightings: Observable<Sightings>;
	/** The relay's time in milliseconds. */
	readonly now: () => number;
}

const DEVICE_INVITATION_MS = 10 * 60_000;

function kitStateOf(roster: Roster, { member, kit }: DeviceKeys): KitState {
	const declared = roster.kits.get(member);
	if (kit.state === 'declined') return 'declined';
	if (!declared) return 'none';
	return kit.state === 'unsaved' && !kit.isOnPaper ? 'unsaved' : 'kept';
}

export interface OwnAdministration extends Administration {
	/** Renews the commons key when somebody has gone since it was made and this device may do it. */
	rotateIfDue(): Promise<void>;
	close(): void;
}

export function createAdministration(options: AdministrationOptions): OwnAdministration {
	const { origin, own, roster, writer, sightings, now } = options;
	const { workspace, device, member, ageIdentity } = own.keys.current();
	const commons = () => own.keys.current().commons;
	const rosterNow = () => roster.current();
	const deviceNow = () => rosterNow().devices.get(device);
	const isSecretary = () => deviceNow()?.role === 'secretary';

	const profiles = createProfileBook(commons);
	const peopleNow = () =>
		readPeople({
			roster: rosterNow(),
			profileOf: profiles,
			self: device,
			sightings: sightings.current()
		});
	const people = createSource(peopleNow());
	const invitations = createSource(readInvitations(rosterNow(), now()));
	const pending = createSource<readonly PendingPerson[]>([]);
	const kit = createSource<KitState>(kitStateOf(rosterNow(), own.keys.current()));

	function refresh() {
		people.set(peopleNow());
		invitations.set(readInvitations(rosterNow(), now()));
		kit.set(kitStateOf(rosterNow(), own.keys.current()));
		const asked = rosterNow();
		void readPending(asked, ageIdentity).then(
			(waiting) => asked === rosterNow() && pending.set(waiting)
		);
	}
	const stops = [
		roster.subscribe(refresh),
		own.keys.subscribe(refresh),
		sightings.subscribe(() => people.set(peopleNow()))
	];
	refresh();

	async function act(plan: Plan): Promise<Result<void, AdministrationFault>> {
		const done = await writer.append(plan);
		return done.ok ? ok(undefined) : done;
	}

	const one =
		(draft: DraftRecord): Plan =>
		async () =>
			ok([draft]);

	async function makeInvitation(
		request: InvitationRequest,
		forDevice: boolean
	): Promise<Result<NewInvitation, AdministrationFault>> {
		const secret = createInvitationSecret();
		const keys = await deriveInvitationKeys(secret, workspace);
		const expiresAt = Math.round(now() + request.lifetimeMs);
		const target = forDevice ? member : (request.member ?? null);
		const done = await act(async (at) =>
			ok([inviteRecord(at, keys, commons(), { ...request, member: target, expiresAt })])
		);
		if (!done.ok) return done;
		const key = bytesToBase64Url(keys.signer.publicKey);
		return ok({ link: invitationLink(origin, workspace, secret), key, expiresAt });
	}

	/** Takes devices out, and where this device may, renews the key in the same breath. */
	async function retire(pick: (roster: Roster) => readonly DeviceId[], keepKit = false) {
		const done = await retireAnd(true, pick, keepKit);
		// Out is out: that the new key does not fit into a record must not keep anybody in.
		return done.ok || done.error !== 'refused' ? done : retireAnd(false, pick, keepKit);
	}

	function retireAnd(
		rotates: boolean,
		pick: (roster: Roster) => readonly DeviceId[],
		keepKit: boolean
	) {
		return act(async (at) => {
			const gone = pick(at).filter((id) => at.devices.get(id)?.retired === null);
			if (gone.length === 0) return ok([]);
			const heldKeys = gone.some((id) => isActive(at.devices.get(id)!));
			const mayRotate = rotates && isSecretary() && heldKeys && !gone.includes(device);
			const drafts = [retireRecord(gone, keepKit)];
			const leaving = { devices: gone, keepKit };
			if (mayRotate) drafts.push(await rotateRecord(at, commons(), leaving, now()));
			return ok(drafts);
		});
	}

	async function paperOf(made: Kit, madeAtMs: number): Promise<KitPaper> {
		return {
			link: kitLink(origin, workspace, made),
			words: (await kitWords(made)).join(''),
			code: workspaceCode(workspace),
			ageKey: made.identity.reveal(),
			madeAtMs
		};
	}

	return {
		people,
		invitations,
		pending,
		kit,
		invite: (request) => makeInvitation(request, false),
		inviteDevice: () =>
			makeInvitation({ role: 'observer', lifetimeMs: DEVICE_INVITATION_MS }, true),
		revoke: (key) =>
			act(async (at) => {
				const invite = at.invites.get(key);
				const drafts = [revokeRecord(key)];
				const heldKey = invite && invite.commons !== null && invite.usesLeft > 0;
				if (heldKey && isSecretary())
					drafts.push(await rotateRecord(at, commons(), { invite: key }, now()));
				return ok(drafts);
			}),
		admit: (id) =>
			act(async (at) => {
				const waiting = at.devices.get(id);
				if (!waiting?.pending) return ok([]);
				const profile = await readPendingProfile(waiting, ageIdentity);
				return profile ? ok([await admitRecord(waiting, profile, commons())]) : err('refused');
			}),
		reject: (id) => retire((at) => (at.devices.get(id)?.pending ? [id] : [])),
		setRole: (id, role, restricted) => act(one(roleRecord(id, role, restricted))),
		retireDevice: (id, keepKit) => retire(() => [id], keepKit),
		removeMember: (id: MemberId) => retire((at) => devicesOf(at, id).map(({ id: gone }) => gone)),
		async kitPaper() {
			const { kit: kept } = own.keys.current();
			const made = kept.state === 'unsaved' ? await kitFromIdentity(kept.identity.reveal()) : null;
			return made && kept.state === 'unsaved' ? paperOf(made, kept.madeAtMs) : null;
		},
		async makeKit() {
			const made = await createKit();
			const done = await act(async (at) => {
				const drafts = [await kitRecord(made, commons())];
				const newKit = { member, recipient: made.recipient };
				if (at.kits.has(member) && isSecretary())
					drafts.push(await rotateRecord(at, commons(), { newKit }, now()));
				return ok(drafts);
			});
			if (!done.ok) return done;
			const { identity } = made;
			const madeAtMs = Math.round(now());
			await own.change((keys) => ({ ...keys, kit: { state: 'unsaved', identity, madeAtMs } }));
			return ok(await paperOf(made, madeAtMs));
		},
		async settleKit(how) {
			await own.change((keys) => ({ ...keys, kit: { state: how, atMs: Math.round(now()) } }));
		},
		async rotateIfDue() {
			if (!rosterNow().rotationDue || !isSecretary()) return;
			await act(async (at) =>
				ok(at.rotationDue ? [await rotateRecord(at, commons(), {}, now())] : [])
			);
		},
		close: () => stops.forEach((stop) => stop())
	};
}
