/** A talker's years of talks, written by a device without a browser through the app's own code. */
import type * as Y from 'yjs';
import { localYmd } from '../../src/lib/base/typedDate.ts';
import { cryptoRandom, newId, type RoomId } from '../../src/lib/base/ids.ts';
import { addMember, listMembers, putMember } from '../../src/lib/features/members/model/branch.ts';
import type { Member } from '../../src/lib/features/members/model/member.ts';
import { addCampaign } from '../../src/lib/features/talks/model/coverage/talkCampaign.ts';
import { pairKindOf } from '../../src/lib/features/talks/model/coverage/talkPeople.ts';
import { builtInSets } from '../../src/lib/features/talks/model/coverage/talkRules.ts';
import { putStub } from '../../src/lib/features/talks/model/coverage/talkStub.ts';
import { addClue } from '../../src/lib/features/talks/model/record/clues.ts';
import { digestOf } from '../../src/lib/features/talks/model/record/content.ts';
import { addFollowUp } from '../../src/lib/features/talks/model/record/followUps.ts';
import { headingTitle, parseHeading } from '../../src/lib/features/talks/model/record/heading.ts';
import { inkPath } from '../../src/lib/features/talks/model/record/ink.ts';
import { tickItem } from '../../src/lib/features/talks/model/record/items.ts';
import { startParagraph } from '../../src/lib/features/talks/model/record/sectionShape.ts';
import { sectionIds } from '../../src/lib/features/talks/model/record/sections.ts';
import { appendStep, freeze } from '../../src/lib/features/talks/model/record/steps.ts';
import { headingOf, readTalk } from '../../src/lib/features/talks/model/record/talk.ts';
import { newTalk } from '../../src/lib/features/talks/state/newTalk.ts';
import { startTalk } from '../../src/lib/features/talks/state/startTalk.ts';
import { keepStubs } from '../../src/lib/features/talks/state/stubKeeping.ts';
import type { Device } from '../support/device.ts';
import { seededRandom } from '../support/generateProblems.ts';

const TEAM = 9;
const groups = ['第一党小组', '第二党小组', '第三党小组', '第四党小组'];
const DAY_MS = 86_400_000;
const YEARS_DAYS = 4 * 365;
const PARAGRAPH_CHARS = 150;
/** Of a section's words, this many go into the document at a time. */
const TYPED_AT_ONCE = 12;

const openings = ['谈到', '说起', '关于', '对', '围绕', '就'];
const subjects =
	'课后服务排班 三年级家校沟通 食堂陪餐 支部学习 青年教师带教 党员示范课 年级组分工 校园值班 教研活动 困难学生帮扶 谈心制度 考核办法'.split(
		' '
	);
const views =
	'觉得要求是清楚的，落到各班时松紧不一 认为自己抓得不够细，常常布置了没有再问 说平时事情一多就容易往后放 希望支部早一点把安排告诉大家 承认有畏难情绪，怕得罪人 建议先在一个年级试行再推开 说家里老人住院，近来精力顾不过来 提到新来的老师还不熟悉流程'.split(
		' '
	);
const answers =
	'商定月底前再看一次台账 我说了支部的考虑，也听了他的难处 约好下周一起去班上听课 请他先拿一个方案出来 答应和总务处商量调整时间 提醒他把记录补全，不能只签字'.split(
		' '
	);

const pick = <T>(all: readonly T[], random: () => number): T =>
	all[Math.floor(random() * all.length)]!;

function words(chars: number, random: () => number): string {
	let text = '';
	while (text.length < chars) {
		const hour = `${1 + Math.floor(random() * 11)}月${1 + Math.floor(random() * 27)}日`;
		text += `${pick(openings, random)}${pick(subjects, random)}，${pick(views, random)}；${hour}${pick(answers, random)}。`;
	}
	return text.slice(0, chars);
}

/** Founder in charge, a team around, and those whom they talk with. */
export function fillRegister(root: Y.Doc, self: Member['id'], people: number): Member[] {
	root.transact(() => {
		const [name, group] = ['周敬宁', groups[0]!];
		putMember(root, { id: self, name, posts: ['书记'], leadTeam: true, principal: true, group });
		for (let at = 1; at < people; at++)
			addMember(
				root,
				{
					...{ name: `党员${at}`, partyStatus: '正式党员', group: groups[at % groups.length]! },
					...{ leadTeam: at < TEAM, posts: at < 5 ? ['组织委员'] : [] }
				},
				Date.UTC(2023, 0, 1)
			);
	});
	return listMembers(root);
}

/** Some are always left: a branch that has talked with everybody has no list of who is missing. */
const talkedWith = (members: readonly Member[], self: string): Member[] =>
	members.slice(0, Math.ceil(members.length * 0.7)).filter(({ id }) => id !== self);

/** What the others of the team have held, as far as the committee knows: lines, and no records. */
export function fillStubs(root: Y.Doc, members: readonly Member[], count: number): void {
	const team = members.filter(({ leadTeam, principal }) => leadTeam && !principal);
	root.transact(() => {
		for (let at = 0; at < count; at++) {
			const a = team[at % team.length]!.id;
			const others = talkedWith(members, a);
			const b = others[(at * 7) % others.length]!.id;
			putStub(root, {
				...{ id: newId(), aId: a, bId: b, pairKind: pairKindOf(members, a, b), mode: 'single' },
				...{ signed: at % 3 > 0, by: a, basis: 'record' },
				on: localYmd(Date.now() - (at % YEARS_DAYS) * DAY_MS)
			});
		}
	});
}

export const addYearCampaign = (root: Y.Doc, by: string, year: number): boolean =>
	addCampaign(root, {
		...{ id: newId(), by, at: `${year}-01-01T00:00:00.000Z`, title: `${year}年三必谈` },
		...{ start: `${year}-01-01`, end: `${year}-12-31`, ruleSet: builtInSets.strict }
	});

function typeSections(doc: Y.Doc, chars: number, random: () => number): void {
	const share = Math.ceil(chars / sectionIds.length);
	for (const id of sectionIds)
		for (let left = share; left > 0; left -= PARAGRAPH_CHARS) {
			const text = startParagraph(doc, id);
			const paragraph = words(Math.min(left, PARAGRAPH_CHARS), random);
			for (let at = 0; at < paragraph.length; at += TYPED_AT_ONCE)
				text.insert(at, paragraph.slice(at, at + TYPED_AT_ONCE));
		}
}

function scrawl(random: () => number): string {
	const strokes = Array.from({ length: 9 }, () =>
		Array.from({ length: 24 }, (_, at) => ({
			x: 20 + at * 9 + random() * 20,
			y: 20 + random() * 80
		}))
	);
	return inkPath(strokes)!;
}

export type TalkEnd = 'draft' | 'awaiting' | 'signed' | 'locked';
const ends: readonly TalkEnd[] = ['draft', 'awaiting', 'signed', 'locked', 'locked'];
export const endOf = (no: number): TalkEnd => ends[no % ends.length]!;

function bringTo(
	end: TalkEnd,
	doc: Y.Doc,
	title: string,
	at: string,
	by: string,
	random: () => number
) {
	const read = () => readTalk(doc, parseHeading(title)!);
	const stamp = () => ({ by, at, digest: digestOf(read().life.content) });
	if (end === 'draft') return;
	appendStep(doc, newId(), { type: 'finish', ...stamp() });
	if (end === 'awaiting') return;
	for (const role of ['talker', 'talkee'] as const) {
		const sign = { type: 'sign', way: 'hand', on: at.slice(0, 10), ink: scrawl(random) } as const;
		appendStep(doc, newId(), { ...sign, role, ...stamp() });
	}
	if (end === 'locked')
		appendStep(doc, newId(), { type: 'lock', ...stamp(), frozen: freeze(read().life.content) });
}

export interface TalkWish {
	readonly no: number;
	readonly chars: number;
	readonly atMs: number;
	readonly talkee: Member;
	readonly members: readonly Member[];
}

async function addTalk({ session }: Device, wish: TalkWish): Promise<RoomId> {
	const { no, chars, atMs, talkee, members } = wish;
	const random = seededRandom(no + 1);
	const self = session.self.member;
	const facts = newTalk({
		...{ self, talkee: { id: talkee.id, name: '' }, kind: null, place: '书记办公室' },
		...{ members, nowMs: atMs }
	});
	const room = await startTalk(session, facts, cryptoRandom);
	const { title } = session.documents.current().find((one) => one.room === room)!;
	const open = await session.openDocument(room);
	typeSections(open.doc, chars, random);
	for (let at = 0; at < 3; at++) tickItem(open.doc, 1 + Math.floor(random() * 29), true);
	if (no % 2 === 0) addClue(open.doc, newId(), words(40, random));
	if (no % 4 === 0) addFollowUp(open.doc, newId(), { text: words(30, random), due: facts.on });
	bringTo(endOf(no), open.doc, title, new Date(atMs).toISOString(), self, random);
	const heading = headingOf(readTalk(open.doc, parseHeading(title)!), parseHeading(title)!);
	session.renameDocument(room, headingTitle(heading));
	keepStubs(session.root.doc, [heading]);
	open.close();
	return room;
}

/** The newest is the last. */
export async function holdTalks(
	device: Device,
	members: readonly Member[],
	size: { readonly talks: number; readonly chars: number }
): Promise<RoomId[]> {
	const others = talkedWith(members, device.session.self.member);
	const rooms: RoomId[] = [];
	for (let no = 0; no < size.talks; no++) {
		const atMs = Date.now() - (size.talks - no) * 2 * DAY_MS;
		const talkee = others[no % others.length]!;
		rooms.push(await addTalk(device, { no, chars: size.chars, atMs, talkee, members }));
	}
	return rooms;
}
