package org.fairfollow.cli.simulation.practices;

import java.util.List;
import java.util.stream.Stream;

/** Everybody who is simulated. */
final class Kinds {
    static final List<Kind> ALL = Stream.of(
                    ObservedKinds.ALL, FollowerKinds.ALL, MessageKinds.ALL, FollowBackKinds.ALL, PostKinds.ALL)
            .flatMap(List::stream)
            .toList();

    private Kinds() {}
}
