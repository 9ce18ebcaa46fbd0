package org.fairfollow.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service keeps the rules of the house; and each rule fails on the canary that breaks it. */
class ArchitectureTest {
    private static final String HOUSE = "org.fairfollow";
    private static final String CAGE = "org.fairfollow.architecture.canary";

    private static final Map<Rules, List<String>> CANARIES = Map.ofEntries(
            entry(
                    Rules.ROOMS_SEE_ONLY_WHAT_LIES_LEFT_OF_THEM,
                    List.of("account.LooksRight", "detection.KnowsTheVerdict")),
            entry(Rules.STORE_KNOWS_NO_ROOM, List.of("store.KnowsARoom")),
            entry(
                    Rules.HTTP_KNOWS_NO_ROOM_AND_OF_THE_STORE_ONLY_THAT_IT_CAN_BE_AWAY,
                    List.of("http.KnowsARoom", "http.KnowsTheStore")),
            entry(Rules.INTAKE_JUDGES_NOTHING, List.of("intake.Judges")),
            entry(
                    Rules.NETWORK_KNOWS_ACCOUNTS_ALONE_AND_IS_KNOWN_TO_THE_DOORS,
                    List.of("network.KnowsEvidence", "network.KnowsTheStore", "verdict.AsksTheNetwork")),
            entry(
                    Rules.NETWORKS_ARE_PACKAGES_THAT_NOBODY_SEES,
                    List.of("intake.CallsAHost", "network.bluesky.AsksMastodon")),
            entry(
                    Rules.ONLY_NETWORK_CALLS_OTHER_MACHINES,
                    List.of("intake.OpensASocket", "intake.AsksAHost", "intake.OpensAnAddress")),
            entry(Rules.HEARSAY_IS_KNOWN_TO_ITS_DOOR_AND_TO_WHAT_FORGETS_IT, List.of("lookup.BelievesHearsay")),
            entry(Rules.REPORTS_ARE_READ_BY_NOTHING_THAT_JUDGES, List.of("verdict.BelievesReports")),
            entry(Rules.NOBODY_SEES_THE_OUTER_ROOMS, List.of("evidence.AsksTheDoor", "lookup.AsksTheSchedules")),
            entry(
                    Rules.JUDGEMENT_AND_SNAPSHOT_READ_NEITHER_CLOCK_NOR_CHANCE,
                    List.of("detection.ReadsAClock", "detection.Draws", "verdict.Policy", "publication.Snapshot")),
            entry(Rules.SQL_IS_SPOKEN_ONLY_IN_ROOMS_THAT_OWN_TABLES, List.of("lookup.AsksTheDatabase")),
            entry(Rules.ROWS_STAY_IN_THEIR_ROOM, List.of("verdict.PublicRow")),
            entry(Rules.EVERY_ENDPOINT_SAYS_WHO_MAY_CALL_IT, List.of("lookup.OpenDoor")),
            entry(Rules.WHO_SIGNED_IN_IS_NOT_LOOKED_UP_ON_THE_EVENT_LOOP, List.of("review.HoldsUpEverybody")),
            entry(Rules.NOTHING_IS_CALLED_BY_WHAT_IT_IS_NOT, List.of("util.Everything", "verdict.VerdictManager")));

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(HOUSE);
    private static final JavaClasses CANARY_CLASSES = new ClassFileImporter().importPackages(CAGE);

    @Test
    void theWholeServiceIsLookedAt() {
        assertThat(SERVICE.stream()
                        .map(javaClass -> javaClass.getPackageName().replaceFirst("org\\.fairfollow\\.(\\w+).*", "$1")))
                .contains(
                        "account",
                        "network",
                        "store",
                        "http",
                        "evidence",
                        "reporter",
                        "intake",
                        "detection",
                        "verdict",
                        "publication",
                        "lookup",
                        "operations",
                        "cli");
        assertThat(SERVICE.stream())
                .noneMatch(javaClass -> javaClass.getPackageName().startsWith(CAGE));
    }

    @ParameterizedTest
    @EnumSource
    void theServiceKeeps(Rules rule) {
        rule.below(HOUSE).check(SERVICE);
    }

    @ParameterizedTest
    @EnumSource
    void itsCanaryBreaks(Rules rule) {
        EvaluationResult result = rule.below(CAGE).evaluate(CANARY_CLASSES);
        String report = result.getFailureReport().toString();
        assertThat(CANARIES.get(rule)).isNotEmpty().allSatisfy(canary -> assertThat(report)
                .contains(CAGE + "." + canary));
    }
}
