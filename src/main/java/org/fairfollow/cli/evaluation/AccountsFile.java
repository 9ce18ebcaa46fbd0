package org.fairfollow.cli.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.fairfollow.cli.evaluation.Roc.OperatingPoint;
import org.fairfollow.detection.followers.Authenticity;
import org.fairfollow.detection.followers.Authenticity.Kind;
import org.fairfollow.evidence.Counters;
import org.fairfollow.evidence.Observation.Count;
import org.fairfollow.evidence.Observation.ProfileCounters;
import org.jspecify.annotations.Nullable;

/** Counters of accounts: each judged as the follower of somebody, and as an account of which nothing else is known. */
final class AccountsFile implements FileMeasurement {
    private static final List<String> COUNTERS = List.of("followers", "following");
    private static final EnumSet<Kind> FAKE = EnumSet.of(Kind.FAKE);
    private static final EnumSet<Kind> JUDGED = EnumSet.complementOf(EnumSet.of(Kind.UNKNOWN));

    private final Judges judges;
    private final Tally<Kind> kinds = new Tally<>(Kind.class);
    private final Scores positives = new Scores();
    private final Scores negatives = new Scores();
    private List<String> lacking = COUNTERS;
    private boolean counted;
    private boolean trainedOn;

    AccountsFile(Judges judges) {
        this.judges = judges;
    }

    @Override
    public String file() {
        return "accounts.csv";
    }

    @Override
    public FileReading read(CsvFile file, Labels labels, Judging judging) throws UnfitFileException, IOException {
        Set<String> ids = new HashSet<>();
        FileReading reading = file.read(List.of("id"), row -> {
            String id = row.id();
            Counters counters = counters(row);
            if (!ids.add(id)) {
                throw new RefusedRowException("duplicate-id");
            }
            labels.learn(id, row.word("label"));
            lacking = COUNTERS.stream()
                    .filter(column -> !row.columns().containsKey(column))
                    .toList();
            if (lacking.isEmpty()) {
                counted = true;
                judgeFollower(counters, labels.reading(id));
                judging.judge(id, labels.reading(id), Dossiers.of(profile(counters)), finding -> {});
            }
        });
        ids.forEach(id -> reading.account());
        if (counted) {
            trainedOn = judges.trainedOn().test(sha256(file.path()));
        } else if (!ids.isEmpty()) {
            reading.nothing("it has no column " + Words.quoted(lacking) + "; only its labels were read");
        }
        return reading;
    }

    private void judgeFollower(Counters counters, LabelReading label) {
        Authenticity authenticity = judges.followers().judge(counters, Dossiers.AS_OF);
        kinds.add(authenticity.kind(), label);
        if (authenticity.kind() != Kind.UNKNOWN && label != LabelReading.NOT_UNDERSTOOD) {
            (label == LabelReading.POSITIVE ? positives : negatives).add(authenticity.fakeness());
        }
    }

    private static Counters counters(Row row) throws RefusedRowException {
        Long age = row.seconds("age_days");
        Long bioLength = row.count("bio_length");
        return new Counters(
                row.count("followers"),
                row.count("following"),
                row.count("posts"),
                age == null ? null : Long.valueOf(Dossiers.AS_OF - age),
                row.flag("has_avatar"),
                bioLength == null ? null : Integer.valueOf((int) Math.min(bioLength, Integer.MAX_VALUE)),
                null);
    }

    private static ProfileCounters profile(Counters counters) {
        return new ProfileCounters(
                Dossiers.AS_OF,
                Dossiers.OBSERVER,
                true,
                count(counters.followers()),
                count(counters.following()),
                count(counters.posts()),
                counters.createdAt(),
                counters.hasAvatar(),
                counters.bioLength(),
                null);
    }

    private static @Nullable Count count(@Nullable Long number) {
        return number == null ? null : new Count(number, true);
    }

    private static byte[] sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                DigestInputStream digest = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digest.transferTo(OutputStream.nullOutputStream());
            return digest.getMessageDigest().digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<SubjectFigures> figures() {
        if (!counted) {
            return List.of();
        }
        Confusion fake = kinds.confusion(FAKE, JUDGED);
        Roc roc = new Roc(positives.sorted(), negatives.sorted());
        List<Measure> measures = new ArrayList<>();
        measures.add(Measure.share("base-rate", null, fake.positives(), fake.all(), "no account was judged"));
        measures.addAll(fake.measures("fake"));
        measures.add(roc.area());
        measures.add(new Calibration(roc.positives(), roc.negatives()).expectedError());
        measures.add(specificity("specificity-at-recall-95", roc.atRecall(.95)));
        measures.add(specificity("specificity-at-recall-80", roc.atRecall(.80)));
        measures.add(kinds.share("abstained", EnumSet.of(Kind.UNKNOWN)));
        return List.of(new SubjectFigures(
                "follower-authenticity",
                null,
                file(),
                false,
                "Each account is judged from its counters as the follower of somebody; positive labels should be found"
                        + " fake, whatever the set means by them. All shares are of the accounts that were judged.",
                kinds.outcomes(),
                measures,
                notes()));
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (trainedOn) {
            notes.add("The classifier was trained on this file, so these figures flatter it; `./run train` prints"
                    + " cross-validated ones.");
        }
        notes.add(
                "The thresholds of the two operating points are chosen on this very file; the calibration error is that at"
                        + " this file's base rate, and leans upwards where accounts are few.");
        return notes;
    }

    private static Measure specificity(String id, @Nullable OperatingPoint point) {
        if (point == null) {
            return Measure.unknown(id, null, "no account has a positive label");
        }
        return Measure.share(
                        id,
                        null,
                        point.confusion().trueNegative(),
                        point.confusion().negatives(),
                        "no account has a negative label")
                .noted(Words.sentence(
                        "fake from %.4f on, recall %.4f",
                        point.from(),
                        (double) point.confusion().truePositive()
                                / point.confusion().positives()));
    }
}
