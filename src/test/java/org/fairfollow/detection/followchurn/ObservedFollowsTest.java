package org.fairfollow.detection.followchurn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fairfollow.detection.followchurn.FollowChurnDetector.Thresholds;
import org.fairfollow.detection.followchurn.ObservedFollows.Exclusion;
import org.fairfollow.evidence.Coverage;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.FollowEpisode;
import org.fairfollow.evidence.Span;
import org.fairfollow.evidence.Target;
import org.junit.jupiter.api.Test;

class ObservedFollowsTest {
    private static final long DAY = ObservedFollow.DAY;
    private static final long AS_OF = 20_000 * DAY;
    private static final long FOLLOWED = AS_OF - 60 * DAY;
    private static final Span WINDOW = new Span(AS_OF - 90 * DAY, AS_OF);
    private static final List<Integer> ACTIVE = List.of((int) (FOLLOWED / DAY));

    private static Target target(List<Span> followedBack, List<Span> gone, List<Span> blocked) {
        return new Target(followedBack, ACTIVE, gone, blocked);
    }

    private static Target plain() {
        return target(List.of(), List.of(), List.of());
    }

    private static Span afterDays(double from) {
        return new Span(FOLLOWED + (long) (from * DAY), Span.OPEN);
    }

    private static ObservedFollows observe(List<Span> covered, Target target, Span... follows) {
        List<FollowEpisode> episodes =
                Arrays.stream(follows).map(span -> new FollowEpisode(1, span)).toList();
        Dossier dossier = new Dossier(AS_OF, episodes, Map.of(1, target), new Coverage(covered, 0, 0, 0, 0));
        return ObservedFollows.of(dossier, WINDOW, Thresholds.DEFAULT);
    }

    private static ObservedFollows observe(Target target, Span... follows) {
        return observe(List.of(new Span(0, Span.OPEN)), target, follows);
    }

    private static Span droppedAfterDays(double days) {
        return new Span(FOLLOWED, FOLLOWED + (long) (days * DAY));
    }

    @Test
    void aDropIsSeenAtItsAge() {
        ObservedFollow follow = observe(plain(), droppedAfterDays(5)).counted().getFirst();
        assertThat(follow.dropped()).isTrue();
        assertThat(follow.age()).isEqualTo(5 * DAY);
        assertThat(follow.returned()).isFalse();
    }

    @Test
    void nothingIsSeenBeyond28Days() {
        ObservedFollow follow = observe(plain(), droppedAfterDays(30)).counted().getFirst();
        assertThat(follow.dropped()).isFalse();
        assertThat(follow.age()).isEqualTo(28 * DAY);
    }

    @Test
    void sightEndsWhenTheTargetLeavesOrIsBlocked() {
        for (Target target : List.of(
                target(List.of(), List.of(afterDays(3)), List.of()),
                target(List.of(), List.of(), List.of(afterDays(3))))) {
            ObservedFollow follow =
                    observe(target, droppedAfterDays(5)).counted().getFirst();
            assertThat(follow.dropped()).isFalse();
            assertThat(follow.age()).isEqualTo(3 * DAY);
        }
    }

    @Test
    void aDropInTheSecondOfABlockIsTheBlocks() {
        Target blocked = target(List.of(), List.of(), List.of(afterDays(5)));
        assertThat(observe(blocked, droppedAfterDays(5)).counted().getFirst().dropped())
                .isFalse();
    }

    @Test
    void sightEndsAtAGapAndSpansThatTouchLeaveNone() {
        Span before = new Span(0, FOLLOWED + 3 * DAY);
        Span adjoining = new Span(before.to(), Span.OPEN);
        Span later = new Span(before.to() + 1, Span.OPEN);

        assertThat(observe(List.of(before, later), plain(), droppedAfterDays(5))
                        .counted()
                        .getFirst()
                        .age())
                .isEqualTo(3 * DAY);
        assertThat(observe(List.of(before, adjoining), plain(), droppedAfterDays(5))
                        .counted()
                        .getFirst()
                        .age())
                .isEqualTo(5 * DAY);
    }

    @Test
    void onceReturnedAlwaysReturned() {
        Span backForADay = new Span(FOLLOWED + DAY, FOLLOWED + 2 * DAY);
        Target target = target(List.of(backForADay), List.of(), List.of());
        ObservedFollow follow = observe(target, droppedAfterDays(5)).counted().getFirst();
        assertThat(follow.returned()).isTrue();
        assertThat(follow.returnedAge()).isEqualTo(DAY);
    }

    @Test
    void aFollowBackAfterTheDropComesTooLate() {
        Target target = target(List.of(afterDays(6)), List.of(), List.of());
        assertThat(observe(target, droppedAfterDays(5)).counted().getFirst().returned())
                .isFalse();
    }

    @Test
    void whoFollowedFirstIsNotCountedEvenHavingStopped() {
        for (Span back : List.of(new Span(0, Span.OPEN), new Span(0, FOLLOWED - DAY), new Span(FOLLOWED, Span.OPEN))) {
            ObservedFollows follows = observe(target(List.of(back), List.of(), List.of()), droppedAfterDays(5));
            assertThat(follows.counted()).isEmpty();
            assertThat(follows.excluded(Exclusion.FOLLOWED_FIRST)).isEqualTo(1);
        }
    }

    @Test
    void silentTargetsAreNotCounted() {
        int followDay = (int) (FOLLOWED / DAY);
        for (int day : List.of(followDay - 28, followDay, followDay + 28)) {
            assertThat(observe(new Target(List.of(), List.of(day), List.of(), List.of()), droppedAfterDays(5))
                            .counted())
                    .hasSize(1);
        }
        for (int day : List.of(followDay - 29, followDay + 29)) {
            assertThat(observe(new Target(List.of(), List.of(day), List.of(), List.of()), droppedAfterDays(5))
                            .excluded(Exclusion.SILENT))
                    .isEqualTo(1);
        }
    }

    @Test
    void livelyTargetsAreActiveOnTwoLaterDays() {
        int followDay = (int) (FOLLOWED / DAY);
        Target once = new Target(List.of(), List.of(followDay, followDay + 28), List.of(), List.of());
        Target twice = new Target(List.of(), List.of(followDay + 1, followDay + 28), List.of(), List.of());
        assertThat(observe(once, droppedAfterDays(5)).counted().getFirst().lively())
                .isFalse();
        assertThat(observe(twice, droppedAfterDays(5)).counted().getFirst().lively())
                .isTrue();
    }

    @Test
    void otherExclusionsAreCountedByReason() {
        assertThat(observe(List.of(), plain(), droppedAfterDays(5)).excluded(Exclusion.UNCOVERED))
                .isEqualTo(1);
        assertThat(observe(target(List.of(), List.of(new Span(0, Span.OPEN)), List.of()), droppedAfterDays(5))
                        .excluded(Exclusion.UNREACHABLE))
                .isEqualTo(1);
    }

    @Test
    void followsOutsideTheWindowAreLeftOut() {
        assertThat(observe(plain(), new Span(AS_OF - 91 * DAY, Span.OPEN), new Span(AS_OF + 1, Span.OPEN))
                        .inWindow())
                .isZero();
    }

    @Test
    void followingAgainIsAnEpisodeOfItsOwn() {
        List<ObservedFollow> counted = observe(plain(), new Span(FOLLOWED + 6 * DAY, Span.OPEN), droppedAfterDays(5))
                .counted();
        assertThat(counted).extracting(ObservedFollow::again).containsExactly(false, true);
    }

    @Test
    void deletingASpareRecordDropsNobody() {
        List<ObservedFollow> counted = observe(plain(), droppedAfterDays(2), new Span(FOLLOWED + 1, Span.OPEN))
                .counted();
        assertThat(counted).hasSize(1);
        assertThat(counted.getFirst().dropped()).isFalse();
        assertThat(counted.getFirst().age()).isEqualTo(28 * DAY);
    }
}
