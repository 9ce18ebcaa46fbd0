package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.fairfollow.detection.Detector;
import org.fairfollow.detection.Finding;
import org.fairfollow.detection.Finding.Opinion;
import org.fairfollow.detection.Finding.Sources;
import org.fairfollow.detection.Practice;
import org.fairfollow.detection.PracticeDescription;
import org.fairfollow.detection.followers.Authenticity;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.evidence.Dossier;
import org.fairfollow.evidence.Observation.PostKind;
import org.fairfollow.evidence.Observation.SampledPost;

/** A folder of invented data sets, and judges whose answers are known. */
record InventedFolder(Path path) {
    static final String ACCOUNTS = "id,network,label,followers,following,posts,age_days,has_avatar,bio_length\n";

    InventedFolder with(String file, String... lines) throws IOException {
        return with(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    InventedFolder with(String file, byte[] bytes) throws IOException {
        Path target = path.resolve(file);
        Files.createDirectories(target.getParent());
        Files.write(target, bytes);
        return this;
    }

    DataSetFigures measured(Judges judges) throws IOException {
        return report(judges).dataSets().getFirst();
    }

    DataSetsReport report(Judges judges) throws IOException {
        return new DataSets(judges).measure(path, line -> {});
    }

    /** More followed than following it: fake, with the share as its fakeness. */
    static Authenticity byRatio(Long followers, Long following) {
        if (followers == null || following == null) {
            return new Authenticity(Kind.UNKNOWN, .5);
        }
        double fakeness = (following + 1.0) / (followers + following + 2.0);
        return new Authenticity(fakeness > .5 ? Kind.FAKE : Kind.GENUINE, fakeness);
    }

    static Judges judges(Detector... detectors) {
        return new Judges(
                List.of(detectors),
                (counters, at) -> byRatio(counters.followers(), counters.following()),
                sha256 -> false,
                (at, text, kind, source) -> new SampledPost(
                        at,
                        "%016x".formatted(text.hashCode()),
                        kind == null ? PostKind.ORIGINAL : kind,
                        false,
                        false,
                        text.contains("unfollowed") ? List.of("count") : List.of()),
                new HandLabels(Map.of(), 0));
    }

    /** A detector that finds what it is told to find. */
    static Detector detector(Practice practice, Function<Dossier, Opinion> opinion) {
        return new Detector() {
            @Override
            public Practice practice() {
                return practice;
            }

            @Override
            public String version() {
                return practice.id() + "/0";
            }

            @Override
            public PracticeDescription describe() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Record thresholds() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Finding judge(Dossier dossier) {
                Opinion found = opinion.apply(dossier);
                return finding(practice, found, List.of());
            }
        };
    }

    static Finding finding(Practice practice, Opinion opinion, List<Finding.Table> tables) {
        return new Finding(
                practice,
                practice.id() + "/0",
                opinion,
                false,
                "",
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                new Sources(0, 0),
                tables,
                0,
                opinion.ordinal());
    }

    static Measure measure(DataSetFigures figures, String subject, String id, String decision) {
        return subject(figures, subject).measures().stream()
                .filter(one -> one.id().equals(id) && decision.equals(one.decision() == null ? "" : one.decision()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no measure " + id + " of " + subject));
    }

    static SubjectFigures subject(DataSetFigures figures, String subject) {
        return figures.subjects().stream()
                .filter(one -> one.subject().equals(subject))
                .findFirst()
                .orElseThrow(() -> new AssertionError(figures.subjects().stream()
                        .map(SubjectFigures::subject)
                        .collect(Collectors.joining(", ", "no subject " + subject + ", only ", ""))));
    }
}
