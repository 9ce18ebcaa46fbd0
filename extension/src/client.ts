/*
 * A client of the service, made from openapi.yaml by `npm run api`: change that, not this.
 *
 * Anybody may use it: copy this file, call.ts and api.d.ts; they need nothing but fetch, in a browser or in Node 22 or newer.
 *
 *     import { getAccount } from './client';
 *
 *     const service = { address: 'https://fairfollow.example' };
 *     const answer = await getAccount(service, { network: 'bluesky', name: 'gwen.example' });
 *     if (answer.status === 200) for (const verdict of answer.body.verdicts) console.log(verdict.statement);
 *     else if (answer.status === 400) console.log(answer.body.code, answer.body.detail);
 *
 * Every status the contract names is an answer, to be told apart by `status`; any other throws. Headers, such as a key
 * (`Authorization: Bearer ffk_…`) or `If-None-Match`, and a signal that ends the wait go into the last argument.
 */
import { call, segment, type Answer, type Body, type Service } from './call';
import type { operations } from './api';

/** An account and a verdict per practice. `GET /v1/accounts/{network}/{name}` */
export function getAccount(
  service: Service,
  parameters: operations['getAccount']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getAccount'>> {
  return call<'getAccount'>(
    service,
    {
      method: 'GET',
      path: `/v1/accounts/${segment(parameters.network)}/${segment(parameters.name)}`,
      answers: { 200: 'json', 304: 'none', 400: 'json', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** The aggregated, public evidence on an account. `GET /v1/accounts/{network}/{name}/evidence` */
export function getEvidence(
  service: Service,
  parameters: operations['getEvidence']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getEvidence'>> {
  return call<'getEvidence'>(
    service,
    {
      method: 'GET',
      path: `/v1/accounts/${segment(parameters.network)}/${segment(parameters.name)}/evidence`,
      answers: { 200: 'json', 304: 'none', 400: 'json', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** The evidence behind each adverse verdict, to judge it again. `GET /v1/accounts/{network}/{name}/dossier` */
export function getDossier(
  service: Service,
  parameters: operations['getDossier']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getDossier'>> {
  return call<'getDossier'>(
    service,
    {
      method: 'GET',
      path: `/v1/accounts/${segment(parameters.network)}/${segment(parameters.name)}/dossier`,
      answers: { 200: 'json', 304: 'none', 400: 'json', 401: 'json', 404: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Many accounts at once. `POST /v1/lookups` */
export function lookUp(
  service: Service,
  body: Body<'lookUp'>,
  init: RequestInit = {},
): Promise<Answer<'lookUp'>> {
  return call<'lookUp'>(
    service,
    {
      method: 'POST',
      path: '/v1/lookups',
      body,
      answers: { 200: 'json', 400: 'json', 401: 'json', 413: 'json', 415: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Wish that an account were measured. `POST /v1/measurements` */
export function measure(
  service: Service,
  body: Body<'measure'>,
  init: RequestInit = {},
): Promise<Answer<'measure'>> {
  return call<'measure'>(
    service,
    {
      method: 'POST',
      path: '/v1/measurements',
      body,
      answers: {
        202: 'json',
        400: 'json',
        401: 'json',
        410: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** What is judged, and how. `GET /v1/practices` */
export function getPractices(service: Service, init: RequestInit = {}): Promise<Answer<'getPractices'>> {
  return call<'getPractices'>(
    service,
    { method: 'GET', path: '/v1/practices', answers: { 200: 'json', 304: 'none', 401: 'json', 503: 'json' } },
    init,
  );
}

/** The rules a release commits to. `GET /v1/rulebook` */
export function getRulebook(service: Service, init: RequestInit = {}): Promise<Answer<'getRulebook'>> {
  return call<'getRulebook'>(
    service,
    { method: 'GET', path: '/v1/rulebook', answers: { 200: 'json', 304: 'none', 401: 'json', 503: 'json' } },
    init,
  );
}

/** Manifest of the published list. `GET /v1/list` */
export function getListManifest(
  service: Service,
  init: RequestInit = {},
): Promise<Answer<'getListManifest'>> {
  return call<'getListManifest'>(
    service,
    { method: 'GET', path: '/v1/list', answers: { 200: 'json', 304: 'none', 401: 'json', 503: 'json' } },
    init,
  );
}

/** The whole list. `GET /v1/list/{version}` */
export function getList(
  service: Service,
  parameters: operations['getList']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getList'>> {
  return call<'getList'>(
    service,
    {
      method: 'GET',
      path: `/v1/list/${segment(parameters.version)}`,
      answers: { 200: 'raw', 304: 'none', 400: 'json', 401: 'json', 404: 'json', 503: 'json' },
    },
    init,
  );
}

/** What makes a version of the list of an older one. `GET /v1/list/{version}/since/{older}` */
export function getListDelta(
  service: Service,
  parameters: operations['getListDelta']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getListDelta'>> {
  return call<'getListDelta'>(
    service,
    {
      method: 'GET',
      path: `/v1/list/${segment(parameters.version)}/since/${segment(parameters.older)}`,
      answers: { 200: 'raw', 304: 'none', 400: 'json', 401: 'json', 404: 'json', 503: 'json' },
    },
    init,
  );
}

/** Every listed account whose hash begins with a prefix. `GET /v1/ranges/{prefix}` */
export function getRange(
  service: Service,
  parameters: operations['getRange']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getRange'>> {
  return call<'getRange'>(
    service,
    {
      method: 'GET',
      path: `/v1/ranges/${segment(parameters.prefix)}`,
      answers: { 200: 'json', 304: 'none', 400: 'json', 401: 'json', 503: 'json' },
    },
    init,
  );
}

/** What was published, changed or withdrawn, in order. `GET /v1/changes` */
export function getChanges(
  service: Service,
  parameters: NonNullable<operations['getChanges']['parameters']['query']> = {},
  init: RequestInit = {},
): Promise<Answer<'getChanges'>> {
  return call<'getChanges'>(
    service,
    {
      method: 'GET',
      path: '/v1/changes',
      query: { after: parameters.after, limit: parameters.limit, wait: parameters.wait },
      answers: { 200: 'json', 304: 'none', 400: 'json', 401: 'json', 404: 'json', 503: 'json' },
    },
    init,
  );
}

/** Manifest of the dump. `GET /v1/dump/manifest` */
export function getDumpManifest(
  service: Service,
  init: RequestInit = {},
): Promise<Answer<'getDumpManifest'>> {
  return call<'getDumpManifest'>(
    service,
    {
      method: 'GET',
      path: '/v1/dump/manifest',
      answers: { 200: 'json', 304: 'none', 401: 'json', 503: 'json' },
    },
    init,
  );
}

/** Every public verdict. `GET /v1/dump` */
export function getDump(
  service: Service,
  parameters: NonNullable<operations['getDump']['parameters']['query']> = {},
  init: RequestInit = {},
): Promise<Answer<'getDump'>> {
  return call<'getDump'>(
    service,
    {
      method: 'GET',
      path: '/v1/dump',
      query: { version: parameters.version },
      answers: { 200: 'raw', 304: 'none', 400: 'json', 401: 'json', 404: 'json', 503: 'json' },
    },
    init,
  );
}

/** The least the service can answer, to measure other answers beside it. `GET /hello` */
export function hello(service: Service, init: RequestInit = {}): Promise<Answer<'hello'>> {
  return call<'hello'>(
    service,
    { method: 'GET', path: '/hello', answers: { 200: 'text', 401: 'json', 503: 'json' } },
    init,
  );
}

/** Rule on one practice of a case. `POST /v1/moderation/cases/{id}/rulings` */
export function rule(
  service: Service,
  parameters: operations['rule']['parameters']['path'],
  body: Body<'rule'>,
  init: RequestInit = {},
): Promise<Answer<'rule'>> {
  return call<'rule'>(
    service,
    {
      method: 'POST',
      path: `/v1/moderation/cases/${segment(parameters.id)}/rulings`,
      body,
      answers: {
        201: 'json',
        202: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        404: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Agree to another moderator's proposal, which makes it a ruling of both. `POST /v1/moderation/cases/{id}/proposals/{proposal}/agreement` */
export function agreeToProposal(
  service: Service,
  parameters: operations['agreeToProposal']['parameters']['path'],
  body: Body<'agreeToProposal'>,
  init: RequestInit = {},
): Promise<Answer<'agreeToProposal'>> {
  return call<'agreeToProposal'>(
    service,
    {
      method: 'POST',
      path: `/v1/moderation/cases/${segment(parameters.id)}/proposals/${segment(parameters.proposal)}/agreement`,
      body,
      answers: {
        201: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        404: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Put the rules on trial in force. `POST /v1/moderation/rules/adoption` */
export function adoptRules(
  service: Service,
  body: Body<'adoptRules'>,
  init: RequestInit = {},
): Promise<Answer<'adoptRules'>> {
  return call<'adoptRules'>(
    service,
    {
      method: 'POST',
      path: '/v1/moderation/rules/adoption',
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** A proof of work to do before becoming a reporter. `GET /v1/reporters/challenge` */
export function getChallenge(service: Service, init: RequestInit = {}): Promise<Answer<'getChallenge'>> {
  return call<'getChallenge'>(
    service,
    {
      method: 'GET',
      path: '/v1/reporters/challenge',
      answers: { 200: 'json', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Become a reporter. `POST /v1/reporters` */
export function becomeReporter(
  service: Service,
  body: Body<'becomeReporter'>,
  init: RequestInit = {},
): Promise<Answer<'becomeReporter'>> {
  return call<'becomeReporter'>(
    service,
    {
      method: 'POST',
      path: '/v1/reporters',
      body,
      answers: {
        201: 'json',
        400: 'json',
        401: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** What became of one's reports, and what one's word weighs. `GET /v1/reporters/me` */
export function getReporter(service: Service, init: RequestInit = {}): Promise<Answer<'getReporter'>> {
  return call<'getReporter'>(
    service,
    {
      method: 'GET',
      path: '/v1/reporters/me',
      answers: { 200: 'json', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Stop, and delete all that was told. `DELETE /v1/reporters/me` */
export function eraseReporter(service: Service, init: RequestInit = {}): Promise<Answer<'eraseReporter'>> {
  return call<'eraseReporter'>(
    service,
    {
      method: 'DELETE',
      path: '/v1/reporters/me',
      answers: { 204: 'none', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Tell what was seen. `POST /v1/observations` */
export function tellObservations(
  service: Service,
  body: Body<'tellObservations'>,
  init: RequestInit = {},
): Promise<Answer<'tellObservations'>> {
  return call<'tellObservations'>(
    service,
    {
      method: 'POST',
      path: '/v1/observations',
      body,
      answers: { 202: 'json', 400: 'json', 401: 'json', 413: 'json', 415: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Issue a key. `POST /v1/keys` */
export function issueKey(
  service: Service,
  body: Body<'issueKey'>,
  init: RequestInit = {},
): Promise<Answer<'issueKey'>> {
  return call<'issueKey'>(
    service,
    {
      method: 'POST',
      path: '/v1/keys',
      body,
      answers: {
        201: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Sign in, with password and the code of an authenticator. `POST /v1/moderation/sessions` */
export function signIn(
  service: Service,
  body: Body<'signIn'>,
  init: RequestInit = {},
): Promise<Answer<'signIn'>> {
  return call<'signIn'>(
    service,
    {
      method: 'POST',
      path: '/v1/moderation/sessions',
      body,
      answers: { 201: 'json', 400: 'json', 401: 'json', 413: 'json', 415: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Set another password. `POST /v1/moderation/password` */
export function changePassword(
  service: Service,
  body: Body<'changePassword'>,
  init: RequestInit = {},
): Promise<Answer<'changePassword'>> {
  return call<'changePassword'>(
    service,
    {
      method: 'POST',
      path: '/v1/moderation/password',
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Make an account for somebody who is to sign in. `POST /v1/moderation/moderators` */
export function addModerator(
  service: Service,
  body: Body<'addModerator'>,
  init: RequestInit = {},
): Promise<Answer<'addModerator'>> {
  return call<'addModerator'>(
    service,
    {
      method: 'POST',
      path: '/v1/moderation/moderators',
      body,
      answers: {
        201: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Give an account another role. `PUT /v1/moderation/moderators/{name}/role` */
export function changeRole(
  service: Service,
  parameters: operations['changeRole']['parameters']['path'],
  body: Body<'changeRole'>,
  init: RequestInit = {},
): Promise<Answer<'changeRole'>> {
  return call<'changeRole'>(
    service,
    {
      method: 'PUT',
      path: `/v1/moderation/moderators/${segment(parameters.name)}/role`,
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        404: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** One's own reports, the newest first. `GET /v1/reports` */
export function listReports(
  service: Service,
  parameters: NonNullable<operations['listReports']['parameters']['query']> = {},
  init: RequestInit = {},
): Promise<Answer<'listReports'>> {
  return call<'listReports'>(
    service,
    {
      method: 'GET',
      path: '/v1/reports',
      query: { after: parameters.after, limit: parameters.limit },
      answers: { 200: 'json', 400: 'json', 401: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Report an account. `POST /v1/reports` */
export function sendReport(
  service: Service,
  body: Body<'sendReport'>,
  init: RequestInit = {},
): Promise<Answer<'sendReport'>> {
  return call<'sendReport'>(
    service,
    {
      method: 'POST',
      path: '/v1/reports',
      body,
      answers: {
        202: 'json',
        400: 'json',
        401: 'json',
        410: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** What became of a report of one's own. `GET /v1/reports/{id}` */
export function getReport(
  service: Service,
  parameters: operations['getReport']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'getReport'>> {
  return call<'getReport'>(
    service,
    {
      method: 'GET',
      path: `/v1/reports/${segment(parameters.id)}`,
      answers: { 200: 'json', 401: 'json', 404: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Take a report back. `DELETE /v1/reports/{id}` */
export function withdrawReport(
  service: Service,
  parameters: operations['withdrawReport']['parameters']['path'],
  init: RequestInit = {},
): Promise<Answer<'withdrawReport'>> {
  return call<'withdrawReport'>(
    service,
    {
      method: 'DELETE',
      path: `/v1/reports/${segment(parameters.id)}`,
      answers: { 204: 'none', 401: 'json', 404: 'json', 429: 'json', 503: 'json' },
    },
    init,
  );
}

/** Say what the evidence shows. `POST /v1/moderation/audits/{id}` */
export function answerAudit(
  service: Service,
  parameters: operations['answerAudit']['parameters']['path'],
  body: Body<'answerAudit'>,
  init: RequestInit = {},
): Promise<Answer<'answerAudit'>> {
  return call<'answerAudit'>(
    service,
    {
      method: 'POST',
      path: `/v1/moderation/audits/${segment(parameters.id)}`,
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        404: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Publish a practice again that audits stopped. `POST /v1/moderation/practices/{practice}/resumption` */
export function resumePractice(
  service: Service,
  parameters: operations['resumePractice']['parameters']['path'],
  body: Body<'resumePractice'>,
  init: RequestInit = {},
): Promise<Answer<'resumePractice'>> {
  return call<'resumePractice'>(
    service,
    {
      method: 'POST',
      path: `/v1/moderation/practices/${segment(parameters.practice)}/resumption`,
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        403: 'json',
        404: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Answer what is held against an account. `POST /v1/disputes` */
export function openDispute(
  service: Service,
  body: Body<'openDispute'>,
  init: RequestInit = {},
): Promise<Answer<'openDispute'>> {
  return call<'openDispute'>(
    service,
    {
      method: 'POST',
      path: '/v1/disputes',
      body,
      answers: {
        201: 'json',
        400: 'json',
        401: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}

/** Say it in other words, once. `PUT /v1/disputes/{id}/rebuttal` */
export function rewriteRebuttal(
  service: Service,
  parameters: operations['rewriteRebuttal']['parameters']['path'],
  body: Body<'rewriteRebuttal'>,
  init: RequestInit = {},
): Promise<Answer<'rewriteRebuttal'>> {
  return call<'rewriteRebuttal'>(
    service,
    {
      method: 'PUT',
      path: `/v1/disputes/${segment(parameters.id)}/rebuttal`,
      body,
      answers: {
        200: 'json',
        400: 'json',
        401: 'json',
        404: 'json',
        409: 'json',
        413: 'json',
        415: 'json',
        429: 'json',
        503: 'json',
      },
    },
    init,
  );
}
