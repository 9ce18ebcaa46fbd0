package org.fairfollow.cli.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.fairfollow.cli.evaluation.Labels.LabelFigures;
import org.fairfollow.cli.evaluation.SubjectFigures.Outcome;
import org.fairfollow.cli.evaluation.WholePipeline.PipelineFigures;

/** The figures as tables to read. */
public final class DataSetsMarkdown {
    private static final String NONE = "–";
    private static final List<String> OVERVIEW = List.of("precision", "recall", "specificity", "mcc");

    private DataSetsMarkdown() {}

    public static String of(DataSetsReport report) {
        StringBuilder text = new StringBuilder();
        text.append("# The shipped detectors on labelled data\n\n");
        text.append(Words.sentence(
                "Rules: %s. Listed is what would be published: the rule's opinion is PRESENT. Intervals are 95 %%: Wilson's"
                        + " for shares, DeLong's for AUC, bootstrap percentiles (%,d resamples, seed %d) for MCC and"
                        + " calibration error. Nothing is pooled over data sets. A dash stands where a figure cannot be"
                        + " measured; the tables of each data set say why.\n\n",
                report.detectors().stream().map(Words::quoted).collect(Collectors.joining(", ")),
                report.resamples(),
                report.bootstrapSeed()));
        overview(report, text);
        pipelines(report, text);
        notMeasured(report, text);
        report.dataSets().forEach(set -> dataSet(set, text));
        return text.toString();
    }

    private static void overview(DataSetsReport report, StringBuilder text) {
        text.append("## Overview\n\n");
        row(
                text,
                "data set",
                "what",
                "flagged is",
                "n",
                "base rate",
                "precision",
                "recall",
                "specificity",
                "MCC",
                "AUC",
                "calibration error",
                "abstained");
        row(text, "---", "---", "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        for (DataSetFigures set : report.dataSets()) {
            for (SubjectFigures subject : set.subjects()) {
                for (String decision : decisions(subject)) {
                    List<String> cells = new ArrayList<>(List.of(
                            Words.quoted(set.name()),
                            subject.subject() + (subject.proxy() ? " (proxy)" : ""),
                            decision,
                            find(subject, "accuracy", decision)
                                    .map(Measure::of)
                                    .map(DataSetsMarkdown::count)
                                    .orElse(NONE),
                            cell(subject, "base-rate", "")));
                    OVERVIEW.forEach(id -> cells.add(cell(subject, id, decision)));
                    cells.add(cell(subject, "auc", ""));
                    cells.add(cell(subject, "calibration-error", ""));
                    cells.add(cell(subject, "abstained", ""));
                    row(text, cells.toArray(String[]::new));
                }
            }
        }
        text.append(
                "\nProxy: the labels stand for something other than what is judged, so precision and recall are not those"
                        + " of the practice. Of practices all accounts count, the abstained as not flagged; of follower"
                        + " authenticity those that were judged.\n\n");
    }

    private static void pipelines(DataSetsReport report, StringBuilder text) {
        text.append(
                "## Whole pipeline\n\nAccounts with a negative label that any detector would list on anything the set"
                        + " tells of them; \"at most\" is the one-sided 95 % bound (Clopper–Pearson). Sets without such accounts are left"
                        + " out.\n\n");
        row(text, "data set", "judged", "listed", "at most", "signs", "which practices");
        row(text, "---", "---:", "---:", "---:", "---:", "---");
        for (DataSetFigures set : report.dataSets()) {
            PipelineFigures pipeline = set.wholePipeline();
            if (pipeline != null && pipeline.accounts() > 0) {
                row(
                        text,
                        Words.quoted(set.name()),
                        count(pipeline.accounts()),
                        count(pipeline.listed()),
                        percent(pipeline.atMost()),
                        count(pipeline.signs()),
                        pipeline.byPractice().isEmpty()
                                ? "none"
                                : pipeline.byPractice().stream()
                                        .map(one -> "%s: %s listed, %s signs"
                                                .formatted(
                                                        one.practice().id(), count(one.listed()), count(one.signs())))
                                        .collect(Collectors.joining("; ")));
            }
        }
        text.append('\n');
    }

    private static void notMeasured(DataSetsReport report, StringBuilder text) {
        text.append("## Not measured here\n\n");
        report.notMeasured().forEach(one -> text.append("- ")
                .append(one.practice().id())
                .append(": ")
                .append(one.why())
                .append(".\n"));
        report.dataSets().stream()
                .filter(set -> set.nothing() != null)
                .forEach(set -> text.append(
                        "- %s: nothing to measure here: %s.\n".formatted(Words.quoted(set.name()), set.nothing())));
    }

    private static void dataSet(DataSetFigures set, StringBuilder text) {
        if (set.nothing() != null) {
            return;
        }
        text.append("\n## ").append(Words.quoted(set.name())).append("\n\n");
        set.files().forEach(file -> text.append("- ").append(sentence(file)).append('\n'));
        if (!set.labels().isEmpty()) {
            text.append("- labels: ").append(labels(set.labels())).append('\n');
        }
        set.failures().forEach(failure -> text.append("- **").append(failure).append("**\n"));
        set.subjects().forEach(subject -> subject(subject, text));
    }

    private static String sentence(FileFigures file) {
        if (file.failure() != null && file.rows() == 0) {
            return "%s: **%s**".formatted(file.file(), Words.plain(file.failure()));
        }
        if (file.nothing() != null && file.rows() == 0) {
            return "%s: nothing to measure here: %s".formatted(file.file(), file.nothing());
        }
        StringBuilder sentence = new StringBuilder(
                "%s: %s rows of %s accounts".formatted(file.file(), count(file.rows()), count(file.accounts())));
        if (!file.refused().isEmpty()) {
            sentence.append("; left out: ")
                    .append(file.refused().entrySet().stream()
                            .map(refused -> count(refused.getValue()) + " " + refused.getKey())
                            .collect(Collectors.joining(", ")));
        }
        file.notes().forEach(note -> sentence.append("; ").append(note));
        if (file.nothing() != null) {
            sentence.append("; nothing to measure here: ").append(file.nothing());
        }
        if (file.failure() != null) {
            sentence.append("; **").append(file.failure()).append("**");
        }
        return sentence.toString();
    }

    private static String labels(List<LabelFigures> labels) {
        Map<LabelReading, List<LabelFigures>> byReading =
                labels.stream().collect(Collectors.groupingBy(LabelFigures::reading));
        return byReading.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> switch (entry.getKey()) {
                            case POSITIVE -> "positive: ";
                            case NEGATIVE -> "negative: ";
                            case NOT_UNDERSTOOD -> "label not understood, not scored: ";
                        }
                        + Words.listed(entry.getValue().stream()
                                .map(label -> (label.label().isEmpty() ? "none" : Words.quoted(label.label())) + " "
                                        + count(label.accounts()))
                                .toList()))
                .collect(Collectors.joining("; "));
    }

    private static void subject(SubjectFigures subject, StringBuilder text) {
        text.append("\n### %s%s, from %s\n\n%s\n\n"
                .formatted(
                        subject.subject(),
                        subject.rule() == null ? "" : " (`" + subject.rule() + "`)",
                        subject.file(),
                        subject.meaning()));
        row(text, "answer", "positive label", "negative label", "not scored");
        row(text, "---", "---:", "---:", "---:");
        for (Outcome outcome : subject.outcomes()) {
            row(
                    text,
                    outcome.outcome(),
                    count(outcome.positive()),
                    count(outcome.negative()),
                    count(outcome.notScored()));
        }
        text.append('\n');
        row(text, "measure", "flagged is", "value", "95 %", "of", "note");
        row(text, "---", "---", "---:", "---:", "---:", "---");
        for (Measure measure : subject.measures()) {
            row(
                    text,
                    measure.id(),
                    measure.decision() == null ? "" : measure.decision(),
                    value(measure),
                    interval(measure),
                    measure.of() == null ? "" : share(measure),
                    measure.note() == null ? "" : measure.note());
        }
        text.append('\n');
        subject.notes().forEach(note -> text.append(note).append('\n'));
    }

    private static List<String> decisions(SubjectFigures subject) {
        return subject.measures().stream()
                .flatMap(measure -> Optional.ofNullable(measure.decision()).stream())
                .distinct()
                .toList();
    }

    /** @param decision empty: none */
    private static Optional<Measure> find(SubjectFigures subject, String id, String decision) {
        return subject.measures().stream()
                .filter(measure -> measure.id().equals(id)
                        && Optional.ofNullable(measure.decision()).orElse("").equals(decision))
                .findFirst();
    }

    private static String cell(SubjectFigures subject, String id, String decision) {
        return find(subject, id, decision)
                .map(measure -> (value(measure) + " " + interval(measure)).strip())
                .orElse(NONE);
    }

    private static String value(Measure measure) {
        Double value = measure.value();
        return value == null ? NONE : decimal(value);
    }

    private static String interval(Measure measure) {
        Double lower = measure.lower();
        Double upper = measure.upper();
        return lower == null || upper == null ? "" : "[" + decimal(lower) + ", " + decimal(upper) + "]";
    }

    private static String share(Measure measure) {
        return count(Optional.ofNullable(measure.count()).orElse(0L)) + " of "
                + count(Optional.ofNullable(measure.of()).orElse(0L));
    }

    private static void row(StringBuilder text, String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String decimal(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.4f %%", 100 * share);
    }
}
