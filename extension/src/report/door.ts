import { getReporter, listReports, sendReport, withdrawReport } from '../client';
import { asked, DoorError, reach, refusal, withToken, type Fetch } from '../contribution/reach';
import { parseReport, parseReports, parseWeighed, type Sent, type SentPage, type Weighed } from './answers';

/** The calls of those who report. Everything throws `DoorError` and nothing else. */
export interface ReportDoor {
  /** The same key and body again is the same report. */
  send(service: string, token: string, key: string, body: string): Promise<Sent>;
  sent(service: string, token: string, after: string | null): Promise<SentPage>;
  /** Settled, too, where there is no such report. */
  withdraw(service: string, token: string, id: string): Promise<void>;
  weighed(service: string, token: string): Promise<Weighed>;
}

export function openReportDoor(fetch: Fetch = (...call) => globalThis.fetch(...call)): ReportDoor {
  return {
    async send(address, token, key, body) {
      const headers = { ...withToken(token), 'Idempotency-Key': key };
      const service = reach(fetch, address, null, body);
      const answer = await asked(sendReport(service, JSON.parse(body) as never, { headers }), null);
      if (answer.status !== 202) throw refusal(answer);
      return understood(parseReport(answer.body), answer.status);
    },

    async sent(address, token, after) {
      const service = reach(fetch, address, null);
      const answer = await asked(
        listReports(service, after === null ? {} : { after }, { headers: withToken(token) }),
        null,
      );
      if (answer.status !== 200) throw refusal(answer);
      return understood(parseReports(answer.body), answer.status);
    },

    async withdraw(address, token, id) {
      const service = reach(fetch, address, null);
      const answer = await asked(withdrawReport(service, { id }, { headers: withToken(token) }), null);
      if (answer.status !== 204 && answer.status !== 404) throw refusal(answer);
    },

    async weighed(address, token) {
      const service = reach(fetch, address, null);
      const answer = await asked(getReporter(service, { headers: withToken(token) }), null);
      if (answer.status !== 200) throw refusal(answer);
      return understood(parseWeighed(answer.body), answer.status);
    },
  };
}

function understood<T>(parsed: T | null, status: number): T {
  if (parsed === null) throw new DoorError('away', status);
  return parsed;
}
