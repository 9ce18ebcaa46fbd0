package org.fairfollow.lookup.pages;

import java.util.List;

/** What the service keeps, for people. A test holds it to {@code docs/privacy.md}, which tells it table by table. */
record PrivacyView(Contact contact) {
    /** @param tables of the database, where it stands */
    record Kept(String name, String what, String why, String until, List<String> tables) {}

    /** @param what the reader does
     * @param sent what leaves the browser then */
    record Sent(String what, String sent) {}

    List<Kept> kept() {
        return KEPT;
    }

    List<Sent> sent() {
        return SENT;
    }

    private static final List<Sent> SENT = List.of(
            new Sent(
                    "You look somebody up on this site",
                    "The name you typed, to answer it. It is written down nowhere, and the page you get is kept by nobody."),
            new Sent(
                    "The extension shows you badges",
                    "A request for the whole list, the same for everybody; it is searched on your device. Of an account that is on it,"
                            + " the first digits of a hash that many accounts share."),
            new Sent("You press “Look up” in the extension", "The name of that one account. The button says so."),
            new Sent(
                    "You set up a record of your followers",
                    "Nothing to this service. Your own network is asked for your public follower list."),
            new Sent(
                    "You choose to contribute, or send a report",
                    "What you are shown beforehand, word for word, under a random number that does not say who you are."));

    private static final List<Kept> KEPT = List.of(
            new Kept(
                    "Accounts that were seen",
                    "Permanent ids, public handles and when they were seen; when an account was deactivated or renamed.",
                    "A verdict belongs to an account and must not follow a handle to its next owner.",
                    "As long as the service, or until the owner has it erased.",
                    List.of("account", "handle_sighting", "account_event")),
            new Kept(
                    "Public follows and unfollows",
                    "Who followed or blocked whom and when, how many an account followed and left on a day, and on which days it was active.",
                    "Some practices are judged by them.",
                    "Two weeks; 104 days, by the day, where a rule may judge one of the two. Counts of days with 20 or more five years,"
                            + " others 104 days; days of activity 104 days, and the 64 they fall in.",
                    List.of("edge", "edge_aside", "edge_day", "tracked", "tally", "activity")),
            new Kept(
                    "Public samples",
                    "Numbers, samples of followers and posts as anybody sees them; of messages only fingerprints, never their text.",
                    "The other practices are judged by them.",
                    "400 days after they were seen.",
                    List.of("observation")),
            new Kept(
                    "Measurements that were asked for",
                    "Which accounts somebody wished to be measured, not who did; how often a server was asked today.",
                    "Measuring begins where it is wished, once a day, and asks nobody’s server too much.",
                    "30 days, or until erasure; the count of a server until the day has passed.",
                    List.of("measurement", "measurement_host")),
            new Kept(
                    "Verdicts",
                    "What is held of an account now, every change of it with its cause, and the evidence behind what is held against it.",
                    "This is the service. Owners may ask what was held, and why.",
                    "A verdict until newer evidence, a ruling or erasure. Its history as long as the service, or until erasure. The evidence"
                            + " while the verdict holds, and a month to appeal after.",
                    List.of("verdict", "verdict_entry", "kept_dossier")),
            new Kept(
                    "Rules on trial",
                    "Which rules there were, and what those that are not in force yet would say of an account otherwise.",
                    "Somebody looks at what a new rule would change before it accuses anybody.",
                    "What they would say until it holds or they are given up, or a week after nobody has them any more, or until erasure; which"
                            + " rules there were as long as the service.",
                    List.of("judged_aside", "rules_trial", "rulebook", "rules_in_force")),
            new Kept(
                    "The published list",
                    "What is published, its versions, and what was withdrawn.",
                    "Everybody gets the same list, and copies must learn what is withdrawn.",
                    "What an entry says until the verdict is withdrawn; of changes the newest 100,000; versions as long as the service.",
                    List.of("released", "release_change", "list_release", "release_hold")),
            new Kept(
                    "Answers of owners",
                    "That somebody answers for an account, what they want, and their words.",
                    "To stand beside the verdict, to prove that the account is theirs, and to read the history.",
                    "400 days after the proof; 30 days once it ended; 8 days without proof. The words until newer words or erasure.",
                    List.of("dispute", "dispute_practice", "dispute_key", "decision")),
            new Kept(
                    "Erased accounts",
                    "Hashes of the names of accounts whose owners had them erased, and the day.",
                    "So that nothing that comes later is filed under them.",
                    "As long as the service.",
                    List.of("erased")),
            new Kept(
                    "Contributions",
                    "Numbers of profiles, and who followed or left a contributor, as they chose to tell.",
                    "Some things only the followed can see.",
                    "90 days, or until the contributor erases it; receipts 48 hours.",
                    List.of("hearsay", "hearsay_answer")),
            new Kept(
                    "Reports",
                    "What a reporter says of an account: the practice, a note, a fingerprint of a message, days.",
                    "Moderators look where many point. Reports alone mark nobody.",
                    "180 days; once ruled on, note and fingerprint 30 days and the rest 180 days; or until the reporter withdraws it.",
                    List.of("report", "reported", "reported_due", "reported_rulings")),
            new Kept(
                    "Reporters and contributors",
                    "A random number, a hash of their token, the day, and how many of their reports were right. No name, no address.",
                    "Whoever reports wrongly loses weight.",
                    "Until they erase it; hashes of used challenges 1 day.",
                    List.of("reporter", "challenge_key", "spent_challenge")),
            new Kept(
                    "Moderators and their work",
                    "Their names, roles and sessions; cases, proposals and rulings with reasons; a log of what they did.",
                    "Nobody rules unseen or undoes a ruling alone.",
                    "As long as the service, the account’s name until erasure. Proposals 7 days, receipts 1 day, sessions 12 hours.",
                    List.of(
                            "ruling",
                            "moderation_case",
                            "case_position",
                            "proposal",
                            "moderation_answer",
                            "moderator",
                            "moderator_session",
                            "audit_log",
                            "audit_log_end")),
            new Kept(
                    "Blind audits",
                    "Verdicts drawn by lot, and what people said of the evidence without knowing whose it was.",
                    "A practice whose verdicts are wrong too often is stopped.",
                    "The evidence until two agreed, all of it 90 days where nobody finishes; counts as long as the service; the account until"
                            + " erasure.",
                    List.of(
                            "audit_draw",
                            "audit_task",
                            "audit_lease",
                            "audit_answer",
                            "audit_look",
                            "practice_gate",
                            "practice_resumption")),
            new Kept(
                    "Who asks for too much",
                    "How much those spent who ask most, by salted hashes of their addresses and never about whom. It is sealed: what opens it"
                            + " lies in the memory of the machines that serve you, and nowhere else.",
                    "Everybody may ask for the same, on however many machines the service runs.",
                    "Ten seconds; where a machine fails, half a minute after its last word.",
                    List.of("quota_replica")),
            new Kept(
                    "What keeps it running",
                    "Queues, locks, how far the stream was followed and where it was lost; labels of keys for programs.",
                    "Gaps must not look like leavings, and one job is done once.",
                    "Until the work is done; of the stream 104 days; the rest as long as the service. There are no names in it but of accounts"
                            + " that wait to be judged.",
                    List.of(
                            "store",
                            "latch",
                            "migration_turn",
                            "roll_up_claim",
                            "stream_hour",
                            "stream_day",
                            "stream_cursor",
                            "stream_gap",
                            "scheduled_tasks",
                            "due",
                            "watched",
                            "api_key")));
}
