package org.fairfollow.cli.simulation.practices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.fairfollow.evidence.Observation;
import org.fairfollow.evidence.Observation.FollowerSample;
import org.fairfollow.evidence.Observation.MessageTold;
import org.fairfollow.evidence.Observation.OwnerStatement;
import org.fairfollow.evidence.Observation.PostSample;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.fairfollow.evidence.Observation.RelationTold;
import org.fairfollow.evidence.Observations;

/** Collects what is told of an account, in any order. */
final class Notebook {
    static final String OPERATOR = "operator";

    private final List<ProfileCounters> profiles = new ArrayList<>();
    private final List<RelationTold> relations = new ArrayList<>();
    private final List<MessageTold> messages = new ArrayList<>();
    private final List<FollowerSample> followerSamples = new ArrayList<>();
    private final List<PostSample> postSamples = new ArrayList<>();
    private final List<OwnerStatement> statements = new ArrayList<>();
    private final Map<String, List<Integer>> alsoObserved = new HashMap<>();

    static Notebook continuing(Observations told) {
        Notebook notebook = new Notebook();
        notebook.profiles.addAll(told.profiles());
        notebook.relations.addAll(told.relations());
        notebook.messages.addAll(told.messages());
        notebook.followerSamples.addAll(told.followerSamples());
        notebook.postSamples.addAll(told.postSamples());
        notebook.statements.addAll(told.statements());
        notebook.alsoObserved.putAll(told.alsoObserved());
        return notebook;
    }

    void note(Observation fact) {
        switch (fact) {
            case ProfileCounters profile -> profiles.add(profile);
            case RelationTold relation -> relations.add(relation);
            case MessageTold message -> messages.add(message);
            case FollowerSample sample -> followerSamples.add(sample);
            case PostSample sample -> postSamples.add(sample);
            case OwnerStatement statement -> statements.add(statement);
        }
    }

    /** That somebody also told of these others. */
    void alsoTold(String observer, List<Integer> others) {
        if (!others.isEmpty()) {
            alsoObserved.put(observer, others.stream().distinct().sorted().toList());
        }
    }

    /** With what others told. */
    Observations and(Observations others) {
        Notebook both = continuing(others);
        both.profiles.addAll(profiles);
        both.relations.addAll(relations);
        both.messages.addAll(messages);
        both.followerSamples.addAll(followerSamples);
        both.postSamples.addAll(postSamples);
        both.statements.addAll(statements);
        both.alsoObserved.putAll(alsoObserved);
        return both.observations();
    }

    Observations observations() {
        return new Observations(
                inOrder(profiles),
                inOrder(relations),
                inOrder(messages),
                inOrder(followerSamples),
                inOrder(postSamples),
                inOrder(statements),
                Map.copyOf(alsoObserved));
    }

    private static <T extends Observation> List<T> inOrder(List<T> facts) {
        facts.sort(Comparator.comparingLong(Observation::at).thenComparing(Observation::observer));
        return List.copyOf(facts);
    }
}
