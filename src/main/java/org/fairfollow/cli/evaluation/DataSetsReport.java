package org.fairfollow.cli.evaluation;

import java.util.List;
import org.fairfollow.detection.Practice;

/**
 * The figures of the shipped detectors on folders of labelled data, as they are written to JSON.
 *
 * @param detectors versions of the rules
 * @param dataSets in order of their names; nothing is ever pooled over them
 * @param notMeasured what such data cannot show, and why
 */
public record DataSetsReport(
        List<String> detectors,
        double confidence,
        long bootstrapSeed,
        int resamples,
        List<DataSetFigures> dataSets,
        List<NotMeasured> notMeasured) {

    public record NotMeasured(Practice practice, String why) {}

    static DataSetsReport of(List<String> detectors, List<DataSetFigures> dataSets) {
        return new DataSetsReport(
                detectors,
                .95,
                Bootstrap.SEED,
                Bootstrap.RESAMPLES,
                dataSets,
                List.of(
                        new NotMeasured(
                                Practice.FOLLOW_CHURN,
                                "by its rule: such data holds counts of accounts followed, not who was followed and left;"
                                        + " see --simulate"),
                        new NotMeasured(
                                Practice.BUYS_FOLLOWERS,
                                "by its rule: no data holds samples of the followers of known buyers; see --simulate"),
                        new NotMeasured(
                                Practice.AUTO_DM,
                                "no public data holds messages with the truth about them, and examples of automatic ones"
                                        + " alone tell nothing of precision; see --simulate"),
                        new NotMeasured(
                                Practice.AUTO_FOLLOW_BACK,
                                "such data does not hold who followed whom when; see --simulate"),
                        new NotMeasured(
                                Practice.NEVER_REPLIES,
                                "such data does not hold the questions an account was asked; see --simulate")));
    }

    /** Whether all that was there could be read and judged. */
    public boolean complete() {
        return dataSets.stream().noneMatch(DataSetFigures::failed);
    }
}
