package org.fairfollow.cli.simulation;

import static org.fairfollow.cli.simulation.Cells.count;
import static org.fairfollow.cli.simulation.Cells.days;
import static org.fairfollow.cli.simulation.Cells.decimal;
import static org.fairfollow.cli.simulation.Cells.joined;
import static org.fairfollow.cli.simulation.Cells.percent;
import static org.fairfollow.cli.simulation.Cells.row;

import java.util.function.ToLongFunction;
import org.fairfollow.cli.simulation.EvaluationReport.AgentFigures;
import org.fairfollow.cli.simulation.EvaluationReport.LossFigures;
import org.fairfollow.cli.simulation.EvaluationReport.Precision;
import org.fairfollow.cli.simulation.EvaluationReport.Rate;
import org.fairfollow.cli.simulation.EvaluationReport.SeedFigures;

/** The figures as the tables of {@code docs/evaluation.md}. */
public final class EvaluationMarkdown {
    private EvaluationMarkdown() {}

    public static String of(EvaluationReport report) {
        StringBuilder text = new StringBuilder();
        text.append("`%s` on simulated accounts, %d days, seeds %s.\n\n"
                .formatted(report.detector(), report.days(), joined(report.seeds())));
        flagged(report, text);
        precision(report, text);
        daysToFind(report, text);
        losses(report, text);
        return text.toString();
    }

    private static void flagged(EvaluationReport report, StringBuilder text) {
        text.append("Flagged, by seed:\n\n");
        row(text, "agent", "of", "likely", "at any weekly look", "strict rule", "plain rule", "placebo");
        row(text, "---", "---:", "---:", "---:", "---:", "---:", "---:");
        for (AgentFigures agent : report.agents()) {
            row(
                    text,
                    agent.agent(),
                    bySeed(agent, SeedFigures::n),
                    bySeed(agent, SeedFigures::likely),
                    bySeed(agent, SeedFigures::everLikely),
                    bySeed(agent, SeedFigures::strict),
                    bySeed(agent, SeedFigures::plain),
                    bySeed(agent, SeedFigures::placebo));
        }
        text.append("\nAll seeds; \"at most\" is the upper 95 % bound of the rate at any weekly look, one-sided:\n\n");
        row(text, "agent", "of", "likely", "at any look", "at most", "signs", "not found", "unknown", "plain rule");
        row(text, "---", "---:", "---:", "---:", "---:", "---:", "---:", "---:", "---:");
        for (AgentFigures agent : report.agents()) {
            row(
                    text,
                    agent.agent(),
                    count(agent.likely().n()),
                    agent.churns()
                            ? share(agent.likely())
                            : count(agent.likely().flagged()),
                    count(agent.everLikely().flagged()),
                    agent.churns() ? "" : percent(agent.everLikely().atMost()),
                    count(agent.signs()),
                    count(agent.notFound()),
                    count(agent.unknown()),
                    count(agent.plain().flagged()));
        }
        Rate innocents = report.innocents();
        text.append("\n%s of %s innocents were listed at any look: at most %s.\n\n"
                .formatted(count(innocents.flagged()), count(innocents.n()), percent(innocents.atMost())));
    }

    private static void precision(EvaluationReport report, StringBuilder text) {
        text.append("Precision; the worst mix is a network whose innocents are all of the kind %s:\n\n"
                .formatted(report.worstInnocents()));
        row(text, "churners among the judged", "worst mix", "worst mix, at its bound", "all innocents, at their bound");
        row(text, "---:", "---:", "---:", "---:");
        for (Precision precision : report.precision()) {
            row(
                    text,
                    percent(precision.prevalence()),
                    decimal(precision.worstMix()),
                    decimal(precision.worstMixAtLeast()),
                    decimal(precision.pooledAtLeast()));
        }
        text.append('\n');
    }

    private static void daysToFind(EvaluationReport report, StringBuilder text) {
        text.append("Days from the first follow until found, looking weekly:\n\n");
        row(text, "agent", "median", "90 in 100");
        row(text, "---", "---:", "---:");
        for (AgentFigures agent : report.agents()) {
            if (agent.churns()) {
                row(text, agent.agent(), days(agent.medianDaysToFind()), days(agent.ninthDecileDaysToFind()));
            }
        }
        text.append('\n');
    }

    private static void losses(EvaluationReport report, StringBuilder text) {
        text.append("When the stream loses follows of everybody alike:\n\n");
        row(text, "lost", "churners listed", "innocents listed", "unknown");
        row(text, "---:", "---:", "---:", "---:");
        for (LossFigures loss : report.losses()) {
            row(text, percent(loss.lost()), outOf(loss.churners()), outOf(loss.innocents()), outOf(loss.unknown()));
        }
    }

    private static String bySeed(AgentFigures agent, ToLongFunction<SeedFigures> figure) {
        return joined(agent.bySeed().stream()
                .map(seed -> count(figure.applyAsLong(seed)))
                .toList());
    }

    private static String outOf(Rate rate) {
        return count(rate.flagged()) + " of " + count(rate.n());
    }

    private static String share(Rate rate) {
        return count(rate.flagged()) + " (" + percent(rate.value()) + ")";
    }
}
