import { parentPort } from 'node:worker_threads';
import { teamMember } from '../kernels/team/member.ts';

/** What a thread of a team runs: the calls that its founder makes (`startTeam`). */
const member = teamMember();
parentPort!.on('message', member);
parentPort!.postMessage('ready');
