/** Notes what this person does to others here, so that it is not told to him as news. */
import type { MemberId } from '$lib/base/ids.ts';
import type { Act, Administration } from '$lib/core/roster/administration.ts';
import type { OwnAct } from '../peopleNews.ts';

export class OwnActs {
	/** Asked of the relay; the roster may show them before it has answered. */
	underWay = $state.raw<readonly OwnAct[]>([]);
	/** Set by whoever tells the news. */
	ondone: (act: OwnAct) => void = () => {};

	async #note<T>(act: OwnAct, work: () => Act<T>): Act<T> {
		this.underWay = [...this.underWay, act];
		try {
			const done = await work();
			if (done.ok) this.ondone(act);
			return done;
		} finally {
			this.underWay = this.underWay.filter((one) => one !== act);
		}
	}

	/** What somebody does to himself is told as ever: his rights are not the same afterwards. */
	noting(administration: Administration, self: MemberId): Administration {
		const { admit, removeMember, retireDevice, setRole, pending, people } = administration;
		const noteUnlessSelf = (member: MemberId | null, kind: OwnAct['kind'], work: () => Act) =>
			member === null || member === self ? work() : this.#note({ kind, member }, work);
		return {
			...administration,
			admit(device) {
				const asks = pending.current().find((one) => one.device === device);
				return noteUnlessSelf(asks?.member ?? null, 'joined', () => admit(device));
			},
			removeMember: (member) => noteUnlessSelf(member, 'left', () => removeMember(member)),
			retireDevice(device, keepKit) {
				const isOnly = ({ devices }: { devices: readonly { device: unknown }[] }) =>
					devices.length === 1 && devices[0]?.device === device;
				const leaving = people.current().find(isOnly)?.member ?? null;
				return noteUnlessSelf(leaving, 'left', () => retireDevice(device, keepKit));
			},
			setRole: (member, role, restricted) =>
				noteUnlessSelf(member, 'role', () => setRole(member, role, restricted))
		};
	}
}
