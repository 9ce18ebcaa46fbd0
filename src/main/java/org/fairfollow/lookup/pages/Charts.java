package org.fairfollow.lookup.pages;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.PracticeDescription.Threshold;
import org.fairfollow.lookup.CreationDates;
import org.fairfollow.lookup.EvidenceLookup.PracticeEvidence;
import org.jspecify.annotations.Nullable;

/** The charts of a practice: one for each of its tables and series that has something to show. */
public final class Charts {
    private static final Finding.Table NONE = new Finding.Table("", List.of(), List.of());

    private Charts() {}

    /**
     * @param practice what the finding is about
     * @param reasons the finding's, which state what some charts are drawn with
     * @param spark what there is to draw while the evidence is away; null if nothing
     * @param evidence empty while it is away
     */
    public static List<Chart> of(
            PracticeDescription practice,
            List<Finding.Reason> reasons,
            Finding.@Nullable Spark spark,
            Optional<PracticeEvidence> evidence) {
        if (evidence.isEmpty()) {
            return spark == null ? List.of() : List.of(DayChart.of(spark));
        }
        List<Finding.Table> tables = evidence.get().tables();
        List<Chart> days = DayChart.of(evidence.get().series());
        return Stream.<Stream<Chart>>of(
                        days.isEmpty() && spark != null ? Stream.of(DayChart.of(spark)) : days.stream(),
                        SurvivalChart.of(named(tables, "age-bins"), reasons, fewestDays(practice)).stream(),
                        HoldChart.of(named(tables, "age-bins")).stream(),
                        TurnoverChart.of(named(tables, "following-weeks")).stream(),
                        GrowthChart.of(named(tables, "readings"), named(tables, "bursts")).stream(),
                        CreationChart.of(named(tables, "stripes"), named(tables, CreationDates.ID)).stream(),
                        KindsChart.of(named(tables, "followers"), reasons).stream(),
                        DelayChart.ofMessages(named(tables, "delays")).stream(),
                        DelayChart.ofFollowBacks(named(tables, "latencies")).stream(),
                        HoursChart.of(named(tables, "hours")).stream())
                .flatMap(charts -> charts)
                .toList();
    }

    private static Finding.Table named(List<Finding.Table> tables, String id) {
        return tables.stream()
                .filter(table -> table.id().equals(id))
                .findFirst()
                .orElse(NONE);
    }

    private static double fewestDays(PracticeDescription practice) {
        return practice.thresholds().stream()
                .filter(threshold -> threshold.code().equals("fewestUnreturnedDays"))
                .mapToDouble(Threshold::value)
                .findFirst()
                .orElse(0);
    }
}
