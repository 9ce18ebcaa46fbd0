package org.fairfollow.cli.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.fairfollow.evidence.Span;

/**
 * Everybody in one simulated world: the judged accounts, numbered from 0, and after them the crowd they follow. Nothing
 * but the roster is kept; whatever is asked is drawn anew from the seed, and always alike.
 *
 * @param period the simulated time
 * @param roster what kind each judged account is of
 * @param crowd how many others there are to be followed
 */
record Population(long seed, Span period, List<Agent> roster, int crowd) {

    /** A mix like a network's; from 100 accounts on at least three of each kind, from 11 on one. */
    static Population mixed(int accounts, Span period, long seed) {
        int least = accounts >= 100 ? 3 : accounts >= Agent.values().length ? 1 : 0;
        List<Agent> roster = new ArrayList<>(accounts);
        for (Agent agent : Agent.values()) {
            int share = Math.toIntExact(Math.round(accounts * agent.perMille() / 1_000.0));
            if (agent != Agent.ORGANIC) {
                roster.addAll(Collections.nCopies(Math.max(least, share), agent));
            }
        }
        roster.addAll(Collections.nCopies(Math.max(0, accounts - roster.size()), Agent.ORGANIC));
        Collections.shuffle(roster, new Random(Chance.bits(seed, 0, Question.ROSTER)));
        // Large enough that the busiest churner meets few people twice, small enough that these do not fill the file.
        return new Population(seed, period, List.copyOf(roster.subList(0, accounts)), 3_000 + 2 * accounts);
    }

    /** As many of each innocent kind, and as many of each churning kind, in a crowd nobody meets twice. */
    static Population even(int innocentsOfAKind, int churnersOfAKind, Span period, long seed) {
        List<Agent> roster = new ArrayList<>();
        for (Agent agent : Agent.values()) {
            roster.addAll(Collections.nCopies(agent.churns() ? churnersOfAKind : innocentsOfAKind, agent));
        }
        return new Population(seed, period, List.copyOf(roster), 1_000_000);
    }

    int judged() {
        return roster.size();
    }

    int size() {
        return judged() + crowd;
    }

    Agent agent(int account) {
        return roster.get(account);
    }

    Habits habits(int account) {
        return agent(account).habits(new SplittableRandom(Chance.bits(seed, account, Question.HABITS)), period);
    }

    History history(int account) {
        return new HistoryGenerator(this, account).generate();
    }

    Life life(int account) {
        long lifeSeed = Chance.bits(seed, account, Question.LIFE);
        return account < judged() ? Life.staying(lifeSeed, period) : Life.of(lifeSeed, period);
    }
}
