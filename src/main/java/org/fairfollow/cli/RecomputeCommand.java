package org.fairfollow.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fairfollow.cli.recompute.ExportFile;
import org.fairfollow.cli.recompute.OtherRules;
import org.fairfollow.cli.recompute.Plain;
import org.fairfollow.cli.recompute.Recomputation;
import org.fairfollow.cli.recompute.Rejudged;
import org.fairfollow.cli.recompute.Rejudged.Line;
import org.fairfollow.cli.recompute.Rejudged.Result;
import org.fairfollow.cli.recompute.Source;
import org.fairfollow.cli.recompute.UnfitExportException;
import org.fairfollow.verdict.Rulebook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./run recompute}: the verdicts on an account, judged again from its exported evidence. */
@Command(
        name = "recompute",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Judges the evidence that GET /v1/accounts/{network}/{name}/dossier tells with the rules of this build, and"
                    + " prints each verdict as it was told and as it is found now. Needs no service and no database; asks the"
                    + " network only for an address that is given. docs/recompute.md walks through it.",
            "",
            "Ends with 0 when every verdict is the same, with 1 when one is different, and with 2 when nothing is"
                    + " different but something could not be compared.",
            ""
        })
final class RecomputeCommand implements Callable<Integer> {
    private static final int NOT_COMPARED = 2;
    /** Longer than any number; what does not fit is cut, and marked. */
    private static final int WIDTH = 28;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE|URL|-", description = "the export; - is standard input")
    @SuppressWarnings("NullAway.Init") // required
    private String export;

    @Option(
            names = "--rulebook",
            paramLabel = "FILE|URL",
            description = "the rulebook the export names, if this build has another: tells what differs")
    private @Nullable String rulebook;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            ExportFile read = ExportFile.read(Source.read(export, ExportFile.MAX_BYTES));
            OtherRules otherRules = rulebook == null
                    ? null
                    : OtherRules.read(Source.read(rulebook, OtherRules.MAX_BYTES), read.rules());
            List<Rejudged> rejudged = Recomputation.of(read, otherRules);
            out.println(read.account());
            printRules(out, read.rules(), otherRules);
            rejudged.forEach(one -> print(out, one));
            return code(rejudged);
        } catch (UnfitExportException e) {
            spec.commandLine().getErr().println("recompute: " + e.getMessage());
            return NOT_COMPARED;
        } finally {
            out.flush();
        }
    }

    private static void printRules(PrintWriter out, String rules, @Nullable OtherRules otherRules) {
        if (Recomputation.isThisBuilds(rules)) {
            out.println("rules " + rules + ": those of this build");
            return;
        }
        out.println("rules " + rules + ": this build has others, " + Rulebook.sha256());
        if (otherRules == null) {
            out.println("  --rulebook FILE with the service's GET /v1/rulebook tells what differs");
        } else {
            otherRules.differences().forEach(difference -> out.println("  " + difference));
        }
    }

    private static void print(PrintWriter out, Rejudged one) {
        out.printf(
                "%n%s by %s as of %s: %s%n",
                one.practice().id(),
                Plain.text(one.told().detector()),
                one.told().asOf(),
                word(one.result()));
        if (!one.why().isEmpty()) {
            out.println("  " + one.why());
        }
        if (!one.lines().isEmpty()) {
            out.println(row("", "then", "now").stripTrailing());
            one.lines().forEach(line -> print(out, line));
        }
    }

    private static void print(PrintWriter out, Line line) {
        // Of long texts the part that differs.
        int from = line.isSame() ? 0 : Math.max(0, firstDifference(line) - WIDTH / 2);
        String compared = line.isSame() ? "same" : "different";
        out.println(row(line.what(), line.then().substring(from), line.now().substring(from)) + " " + compared);
    }

    private static int firstDifference(Line line) {
        int same = 0;
        while (same < Math.min(line.then().length(), line.now().length())
                && line.then().charAt(same) == line.now().charAt(same)) {
            same++;
        }
        return same;
    }

    private static String row(String what, String then, String now) {
        return "  " + cell(what) + " " + cell(then) + " " + cell(now);
    }

    private static String cell(String foreign) {
        String text = Plain.text(foreign);
        return ("%-" + WIDTH + "s").formatted(text.length() <= WIDTH ? text : text.substring(0, WIDTH - 3) + "...");
    }

    private static String word(Result result) {
        return switch (result) {
            case SAME -> "same";
            case DIFFERENT -> "DIFFERENT";
            case NOT_COMPARED -> "not compared";
        };
    }

    private static int code(List<Rejudged> rejudged) {
        if (rejudged.stream().anyMatch(one -> one.result() == Result.DIFFERENT)) {
            return 1;
        }
        return rejudged.stream().allMatch(one -> one.result() == Result.SAME) ? 0 : NOT_COMPARED;
    }
}
