export { type CreateTeamOptions, createTeam, type FoundedTeam } from './create-team.ts';
export { type TeamMessage, teamMember } from './member.ts';
export type { Team } from './team.ts';
